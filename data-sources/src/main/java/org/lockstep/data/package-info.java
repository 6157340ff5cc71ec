/**
 * Where samples come from: a {@link org.lockstep.data.DataSource} describes data, its {@link org.lockstep.data.Shard}s
 * travel to executors, and each opens there as a {@link org.lockstep.data.Sequence} of batches. Entry type:
 * {@link org.lockstep.data.DataSource}. Imports only the JDK and {@code org.lockstep.random}; the packages below know
 * one format each, and only this package.
 */
@NullMarked
package org.lockstep.data;

import org.jspecify.annotations.NullMarked;

/**
 * Where samples come from: {@link org.lockstep.data.TrainingData} are described, their {@link org.lockstep.data.Shard}s
 * travel to executors, and each opens there as a {@link org.lockstep.data.Feed} of batches. Entry type:
 * {@link org.lockstep.data.TrainingData}. Imports only the JDK, {@code org.lockstep.random} and {@code
 * org.lockstep.report}; the packages below know one format each, and only this package.
 */
@NullMarked
package org.lockstep.data;

import org.jspecify.annotations.NullMarked;

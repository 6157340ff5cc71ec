/**
 * What is done to long vectors, number by number: passes, which loops in Java and an engine's threads make to the same bits.
 * Entry types: {@link org.lockstep.executor.vector.Pass} and {@link org.lockstep.executor.vector.VectorMath}. Imports only
 * the JDK.
 */
@NullMarked
package org.lockstep.executor.vector;

import org.jspecify.annotations.NullMarked;

/**
 * Keras's update rules, penalties and constraints on blocks of the flat vectors. Entry type:
 * {@link org.lockstep.executor.optimizer.Update}. Imports only the JDK, {@code conf}'s packages,
 * {@link org.lockstep.executor.TrainState} and {@code org.lockstep.executor.vector}.
 */
@NullMarked
package org.lockstep.executor.optimizer;

import org.jspecify.annotations.NullMarked;

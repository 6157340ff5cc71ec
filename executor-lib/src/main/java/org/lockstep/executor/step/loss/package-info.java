/**
 * Losses and metrics of a batch as sums over samples, in plain Java and the same for every engine. Entry type: {@link
 * org.lockstep.executor.step.loss.Objective}. Imports the model values, {@code data} and the contract of networks.
 */
@NullMarked
package org.lockstep.executor.step.loss;

import org.jspecify.annotations.NullMarked;

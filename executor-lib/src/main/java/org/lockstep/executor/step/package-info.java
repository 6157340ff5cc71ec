/**
 * From a batch to a flat gradient sum: the contract {@link org.lockstep.executor.step.Network} and what its
 * implementations share. Implementations live in the packages below.
 */
@NullMarked
package org.lockstep.executor.step;

import org.jspecify.annotations.NullMarked;

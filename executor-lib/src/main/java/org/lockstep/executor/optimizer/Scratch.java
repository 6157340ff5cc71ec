package org.lockstep.executor.optimizer;

import org.jspecify.annotations.Nullable;
import org.lockstep.executor.vector.Loops;

/** Room for one block at a time, for one worker. */
final class Scratch {

    final Loops loops = new Loops(Block.LENGTH);
    final Sums sums = new Sums();
    final FiniteCheck finite = new FiniteCheck();

    /** Those of the last step; null before the first. */
    @Nullable
    StepPasses passes;
}

package org.lockstep.executor.step;

/** What the randomness of one shard's step is drawn from; all but the seed count from 0. */
public record StepKey(long seed, int epoch, int step, int shard) {}

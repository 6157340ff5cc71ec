package org.lockstep.executor.optimizer;

/** Room for one block at a time, for one worker. */
final class Scratch {

    /** Weights. */
    final float[] w = new float[Block.LENGTH];
    /** Their gradient. */
    final float[] g = new float[Block.LENGTH];

    final Sums sums = new Sums();
    final FiniteCheck finite = new FiniteCheck();

    private float[][] slots = {};

    /** Numbers of as many slots of the optimizer. */
    float[][] slots(int count) {
        if (slots.length != count) {
            slots = new float[count][Block.LENGTH];
        }
        return slots;
    }
}

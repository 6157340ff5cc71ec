package org.lockstep.executor.optimizer;

/**
 * What one step leaves between its phases, shared by all workers of a JVM: the averaged gradient and, for each block,
 * its part of the sums that span blocks.
 */
public final class Partials {

    final float[] gradient;
    final double[] penalty;
    final double[] squaredNorm;
    final boolean[] isFinite;
    /** Of each variable whose penalty needs all of it: the penalty's gradient; else empty. */
    final float[][] wholeGradient;

    Partials(Plan plan) {
        gradient = new float[plan.gradientLength()];
        penalty = new double[plan.blocks().size()];
        squaredNorm = new double[plan.blocks().size()];
        isFinite = new boolean[plan.blocks().size()];
        wholeGradient = new float[plan.parts().size()][0];
    }

    /** The gradient averaged over the samples, penalties included, not clipped; then the means of batch statistics. Live. */
    public float[] gradient() {
        return gradient;
    }
}

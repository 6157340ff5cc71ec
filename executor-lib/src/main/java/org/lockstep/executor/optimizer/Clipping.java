package org.lockstep.executor.optimizer;

import org.lockstep.optimizers.Clip;

/** Clips blocks of the averaged gradient. Norms are sums over blocks in their order, so no worker's share changes them. */
final class Clipping {

    private final Clip clip;
    private final Plan plan;
    private final double[] squaredNorm;
    private final float globalFactor;
    private int lastPart = -1;
    private float lastFactor;

    Clipping(Clip clip, Plan plan, double[] squaredNorm) {
        this.clip = clip;
        this.plan = plan;
        this.squaredNorm = squaredNorm;
        this.globalFactor = clip.globalClipnorm() == null ? 1 : factor(0, squaredNorm.length, clip.globalClipnorm());
    }

    static boolean needsNorms(Clip clip) {
        return clip.clipnorm() != null || clip.globalClipnorm() != null;
    }

    void apply(Block block, float[] g) {
        if (clip.clipvalue() != null) {
            float bound = clip.clipvalue().floatValue();
            for (int i = 0; i < block.length(); i++) {
                g[i] = Math.max(-bound, Math.min(bound, g[i]));
            }
        } else if (clip.clipnorm() != null) {
            multiply(g, factorOf(block.part(), clip.clipnorm()), block.length());
        } else if (clip.globalClipnorm() != null) {
            multiply(g, globalFactor, block.length());
        }
    }

    /** The factor of a variable; blocks come in order, so each is computed once. */
    private float factorOf(int number, double bound) {
        if (number != lastPart) {
            Part part = plan.parts().get(number);
            lastPart = number;
            lastFactor = factor(part.fromBlock(), part.toBlock(), bound);
        }
        return lastFactor;
    }

    private float factor(int fromBlock, int toBlock, double bound) {
        double sum = 0;
        for (int block = fromBlock; block < toBlock; block++) {
            sum += squaredNorm[block];
        }
        return (float) (bound / Math.max(Math.sqrt(sum), bound));
    }

    private static void multiply(float[] g, float factor, int length) {
        for (int i = 0; i < length; i++) {
            g[i] *= factor;
        }
    }
}

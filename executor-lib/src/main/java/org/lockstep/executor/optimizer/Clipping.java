package org.lockstep.executor.optimizer;

import org.jspecify.annotations.Nullable;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Clip;

/** Clips the averaged gradient. Norms are sums over blocks in their order, so no worker's share changes them. */
final class Clipping {

    private final Clip clip;
    private final Plan plan;
    private final double[] squaredNorm;
    private final float globalFactor;

    Clipping(Clip clip, Plan plan, double[] squaredNorm) {
        this.clip = clip;
        this.plan = plan;
        this.squaredNorm = squaredNorm;
        this.globalFactor = clip.globalClipnorm() == null ? 1 : factor(0, squaredNorm.length, clip.globalClipnorm());
    }

    static boolean needsNorms(Clip clip) {
        return clip.clipnorm() != null || clip.globalClipnorm() != null;
    }

    /** Whether a variable's gradient is clipped by its own norm. */
    boolean isByVariable() {
        return clip.clipnorm() != null;
    }

    /** The pass that clips a variable's gradient; null for none. */
    @Nullable
    Pass pass(int number) {
        Pass.Draft gradient = Pass.from(Operand.GRADIENT);
        if (clip.clipvalue() != null) {
            gradient.clip(clip.clipvalue().floatValue());
        } else if (clip.clipnorm() != null) {
            Part part = plan.parts().get(number);
            gradient.times(factor(part.fromBlock(), part.toBlock(), clip.clipnorm()));
        } else if (clip.globalClipnorm() != null) {
            gradient.times(globalFactor);
        } else {
            return null;
        }
        return gradient.into(Operand.GRADIENT);
    }

    private float factor(int fromBlock, int toBlock, double bound) {
        double sum = 0;
        for (int block = fromBlock; block < toBlock; block++) {
            sum += squaredNorm[block];
        }
        return (float) (bound / Math.max(Math.sqrt(sum), bound));
    }
}

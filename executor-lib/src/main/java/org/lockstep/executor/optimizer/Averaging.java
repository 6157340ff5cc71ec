package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.PENALTY;
import static org.lockstep.executor.vector.Operand.SUMS;

import java.util.List;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;

/** The passes that make a variable's sums into its gradient: the samples' average and what penalties of weights add. */
final class Averaging {

    private Averaging() {}

    /**
     * Passes that leave {@link Operand#GRADIENT}.
     *
     * @param samples that sums are sums over, at least 1
     */
    static List<Pass> of(Part part, float samples) {
        Pass.Draft average = isPowerOfTwo(samples)
                ? Pass.from(SUMS).times(1 / samples)
                : Pass.from(SUMS).over(samples);
        return part.penalty().addGradient(part.hasWholePenalty() ? average.plus(PENALTY) : average);
    }

    /** Whether a number of at least 1 is a power of two: its reciprocal is one too, and products have the quotients' bits. */
    private static boolean isPowerOfTwo(float number) {
        return (Float.floatToRawIntBits(number) & 0x007FFFFF) == 0;
    }
}

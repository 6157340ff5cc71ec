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
     * @param divisor of the sums; by 0 they become 0, as in Keras's {@code divide_no_nan}
     */
    static List<Pass> of(Part part, float divisor) {
        Pass.Draft average = hasExactReciprocal(divisor)
                ? Pass.from(SUMS).times(divisor == 0 ? 0 : 1 / divisor)
                : Pass.from(SUMS).over(divisor);
        return part.penalty().addGradient(part.hasWholePenalty() ? average.plus(PENALTY) : average);
    }

    /** Whether it is a power of two, whose reciprocal is one too so that products have the quotients' bits, or 0. */
    private static boolean hasExactReciprocal(float number) {
        return (Float.floatToRawIntBits(number) & 0x007FFFFF) == 0;
    }
}

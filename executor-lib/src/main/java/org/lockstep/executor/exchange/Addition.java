package org.lockstep.executor.exchange;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.executor.vector.VectorMath;

/** Sums of two long vectors by an engine. */
final class Addition {

    private static final List<Pass> ADDITION =
            List.of(Pass.from(Operand.SUMS).plus(Operand.OTHERS).into(Operand.GRADIENT));

    private Addition() {}

    /** Whether the engine made the sum, which may lie where one of the summands does. */
    static boolean of(FloatBuffer left, FloatBuffer right, FloatBuffer sum, VectorMath math) {
        return math.run(ADDITION, Map.of(Operand.SUMS, left, Operand.OTHERS, right, Operand.GRADIENT, sum));
    }
}

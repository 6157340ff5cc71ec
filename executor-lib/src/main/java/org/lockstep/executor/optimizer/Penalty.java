package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import java.util.List;
import org.lockstep.executor.vector.Loops;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.layers.Shape;
import org.lockstep.regularizers.OrthogonalRegularizer;
import org.lockstep.regularizers.Regularizer;

/** What a {@link Regularizer} adds to the loss and to the gradient. */
public final class Penalty {

    private Penalty() {}

    /** The penalty on values of this shape, in C order. */
    public static double value(Regularizer regularizer, int[] shape, float[] values) {
        check(regularizer, shape);
        return regularizer instanceof OrthogonalRegularizer orthogonal
                ? new OrthogonalPenalty(orthogonal, shape, values).value()
                : Factors.of(regularizer).penalty(values, values.length, new Sums());
    }

    /** The gradient of the penalty on values of this shape, in C order. */
    public static float[] gradient(Regularizer regularizer, int[] shape, float[] values) {
        check(regularizer, shape);
        if (regularizer instanceof OrthogonalRegularizer orthogonal) {
            return new OrthogonalPenalty(orthogonal, shape, values).gradient();
        }
        float[] gradient = new float[values.length];
        add(regularizer, FloatBuffer.wrap(values), FloatBuffer.wrap(gradient));
        return gradient;
    }

    /**
     * Adds the gradient of the penalty on all remaining values to as many numbers of {@code gradient}, which begin at its
     * position; moves neither buffer.
     *
     * @return the penalty, summed in an order that depends on the number of values alone
     * @throws IllegalArgumentException for an {@link OrthogonalRegularizer}, which needs a matrix
     */
    public static double add(Regularizer regularizer, FloatBuffer values, FloatBuffer gradient) {
        check(regularizer, new int[] {values.remaining()});
        Factors factors = Factors.of(regularizer);
        List<Pass> passes = factors.addGradient(Pass.from(Operand.GRADIENT));
        Loops loops = new Loops(Math.min(Block.LENGTH, values.remaining()));
        Sums sums = new Sums();
        double penalty = 0;
        for (int done = 0; done < values.remaining(); done += Block.LENGTH) {
            int length = Math.min(Block.LENGTH, values.remaining() - done);
            values.get(values.position() + done, loops.at(Operand.WEIGHTS), 0, length);
            gradient.get(gradient.position() + done, loops.at(Operand.GRADIENT), 0, length);
            penalty += factors.penalty(loops.at(Operand.WEIGHTS), length, sums);
            loops.run(passes, length);
            gradient.put(gradient.position() + done, loops.at(Operand.GRADIENT), 0, length);
        }
        return penalty;
    }

    /** Refuses shapes that the regularizer is not defined for. */
    static void check(Regularizer regularizer, int[] shape) {
        if (regularizer instanceof OrthogonalRegularizer && shape.length != 2) {
            throw new IllegalArgumentException(
                    "Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape=" + Shape.of(shape));
        }
    }
}

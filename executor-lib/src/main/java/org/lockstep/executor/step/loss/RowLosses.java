package org.lockstep.executor.step.loss;

import org.lockstep.activations.Activation;
import org.lockstep.activations.Function;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.BinaryFocalCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.CategoricalFocalCrossentropy;
import org.lockstep.losses.Huber;
import org.lockstep.losses.Loss;
import org.lockstep.losses.MeanSquaredError;
import org.lockstep.losses.SimpleLoss;
import org.lockstep.losses.SparseCategoricalCrossentropy;

/** The formulas of losses. */
final class RowLosses {

    private RowLosses() {}

    /**
     * Whether a loss of probabilities that this activation yields is better computed from what goes into it: a crossentropy
     * after softmax or sigmoid over the last axis.
     */
    static boolean isFused(Loss loss, Activation last) {
        if (loss instanceof BinaryCrossentropy binary) {
            return last.function() == Function.SIGMOID && !binary.fromLogits();
        }
        boolean isSoftmax = last.function() == Function.SOFTMAX && last.argument("axis") == -1;
        return isSoftmax
                && ((loss instanceof CategoricalCrossentropy classes && !classes.fromLogits())
                        || (loss instanceof SparseCategoricalCrossentropy numbers && !numbers.fromLogits()));
    }

    /**
     * The formula of a loss.
     *
     * @param isFused whether its scores are what goes into the activation that it wants the outcome of
     */
    static RowLoss of(Loss loss, boolean isFused) {
        if (loss instanceof CategoricalCrossentropy classes) {
            return classes(ClassTarget.distribution(classes.labelSmoothing()), isFused || classes.fromLogits());
        }
        if (loss instanceof SparseCategoricalCrossentropy classes) {
            return classes(ClassTarget.number(), isFused || classes.fromLogits());
        }
        if (loss instanceof BinaryCrossentropy binary) {
            return new Binary(isFused || binary.fromLogits(), binary.labelSmoothing());
        }
        if (loss instanceof BinaryFocalCrossentropy focal) {
            return new BinaryFocal(focal);
        }
        if (loss instanceof CategoricalFocalCrossentropy focal) {
            return new CategoricalFocal(focal);
        }
        if (loss instanceof MeanSquaredError) {
            return SimpleLosses.squaredError();
        }
        if (loss instanceof Huber huber) {
            return new MeanLoss(new HuberFormula(huber.delta()));
        }
        if (loss instanceof SimpleLoss simple) {
            return SimpleLosses.of(simple.kind());
        }
        throw new IllegalStateException("No formula for loss " + loss);
    }

    private static RowLoss classes(ClassTarget target, boolean logits) {
        return logits ? new SoftmaxLogits(target) : new ClassProbabilities(target);
    }
}

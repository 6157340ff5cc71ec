package org.lockstep.executor.step.loss;

import java.util.function.DoubleBinaryOperator;
import org.lockstep.keras.KerasSettings;
import org.lockstep.losses.SimpleLoss.Kind;

/** The formulas of losses without arguments, as {@link Kind} has them, and of the squared error. */
final class SimpleLosses {

    private static final double EPSILON = KerasSettings.EPSILON;

    private SimpleLosses() {}

    static RowLoss of(Kind kind) {
        return switch (kind) {
            case MEAN_ABSOLUTE_ERROR -> mean((y, p) -> Math.abs(y - p), (y, p) -> Math.signum(p - y));
            case MEAN_ABSOLUTE_PERCENTAGE_ERROR ->
                mean((y, p) -> 100 * Math.abs(y - p) / size(y), (y, p) -> 100 * Math.signum(p - y) / size(y));
            case MEAN_SQUARED_LOGARITHMIC_ERROR ->
                mean(
                        (y, p) -> (log(p) - log(y)) * (log(p) - log(y)),
                        (y, p) -> p > EPSILON ? 2 * (log(p) - log(y)) / (1 + p) : 0 * p);
            case COSINE_SIMILARITY -> new Cosine();
            case LOG_COSH -> mean((y, p) -> logCosh(p - y), (y, p) -> StrictMath.tanh(p - y));
            case POISSON -> mean((y, p) -> p - y * StrictMath.log(p + EPSILON), (y, p) -> 1 - y / (p + EPSILON));
            case KL_DIVERGENCE ->
                new MeanLoss(
                        formula(
                                (y, p) -> clip(y) * StrictMath.log(clip(y) / clip(p)),
                                (y, p) -> clip(p) == p ? -clip(y) / p : 0 * p),
                        true);
            case HINGE -> new Hinge(false);
            case SQUARED_HINGE -> new Hinge(true);
            case CATEGORICAL_HINGE -> new CategoricalHinge();
        };
    }

    /** The mean of (p − y)². */
    static RowLoss squaredError() {
        return mean((y, p) -> (p - y) * (p - y), (y, p) -> 2 * (p - y));
    }

    private static RowLoss mean(DoubleBinaryOperator value, DoubleBinaryOperator slope) {
        return new MeanLoss(formula(value, slope));
    }

    /** Operators of y and p. */
    private static Formula formula(DoubleBinaryOperator value, DoubleBinaryOperator slope) {
        return new Formula() {
            @Override
            public double value(double y, double p) {
                return value.applyAsDouble(y, p);
            }

            @Override
            public double slope(double y, double p) {
                return slope.applyAsDouble(y, p);
            }
        };
    }

    private static double size(double y) {
        return Math.max(Math.abs(y), EPSILON);
    }

    private static double log(double x) {
        return StrictMath.log1p(Math.max(x, EPSILON));
    }

    private static double logCosh(double error) {
        double size = Math.abs(error);
        return size + StrictMath.log1p(StrictMath.exp(-2 * size)) - StrictMath.log(2);
    }

    private static double clip(double x) {
        return Math.min(Math.max(x, EPSILON), 1);
    }
}

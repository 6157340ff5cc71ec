package org.lockstep.optimizers.schedules;

import org.lockstep.keras.KerasObject;

/**
 * The learning rate as a function of the updates done so far, in the place of an optimizer's {@code learning_rate}.
 *
 * <p>Rates are computed in double with {@link StrictMath}, so that they are the same everywhere; Keras computes them in
 * float32, and may differ in the seventh digit.
 */
public sealed interface LearningRateSchedule extends KerasObject
        permits ExponentialDecay,
                PiecewiseConstantDecay,
                PolynomialDecay,
                InverseTimeDecay,
                CosineDecay,
                CosineDecayRestarts {

    /**
     * The learning rate of the next update.
     *
     * @param step updates done so far, 0 before the first
     */
    double rate(long step);

    /** Keras's name of the operation. */
    String name();

    @Override
    default String className() {
        return getClass().getSimpleName();
    }

    @Override
    default String module() {
        return "keras.optimizers.schedules";
    }

    /** A number of steps as Keras writes it: an integer where it is one. */
    static Object count(double steps) {
        boolean isWhole = steps == Math.rint(steps) && Math.abs(steps) <= Integer.MAX_VALUE;
        return isWhole ? (Object) (int) steps : (Object) steps;
    }

    /** Refuses a number of steps that is not above 0. */
    static void checkSteps(String name, double steps) {
        if (!(steps > 0)) {
            throw new IllegalArgumentException(
                    "Argument `%s` must be > 0. Received: %s=%s".formatted(name, name, count(steps)));
        }
    }
}

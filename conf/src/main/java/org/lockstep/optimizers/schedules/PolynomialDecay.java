package org.lockstep.optimizers.schedules;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * (initial_learning_rate − end_learning_rate) · (1 − step / decay_steps)^power + end_learning_rate, where it stays after
 * {@code decay_steps}.
 *
 * @param decaySteps steps of the decay, above 0
 * @param cycle whether the rate does not stay: decay_steps then counts as often as steps fill it, rounded up and at least once
 */
public record PolynomialDecay(
        double initialLearningRate, double decaySteps, double endLearningRate, double power, boolean cycle, String name)
        implements LearningRateSchedule {

    public PolynomialDecay {
        LearningRateSchedule.checkSteps("decay_steps", decaySteps);
    }

    /** A linear decay to 0.0001. */
    public static PolynomialDecay of(double initialLearningRate, double decaySteps) {
        return new PolynomialDecay(initialLearningRate, decaySteps, 0.0001, 1, false, "PolynomialDecay");
    }

    public PolynomialDecay endLearningRate(double value) {
        return new PolynomialDecay(initialLearningRate, decaySteps, value, power, cycle, name);
    }

    public PolynomialDecay power(double value) {
        return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, value, cycle, name);
    }

    public PolynomialDecay cycle(boolean value) {
        return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, power, value, name);
    }

    public PolynomialDecay name(String value) {
        return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, power, cycle, value);
    }

    @Override
    public double rate(long step) {
        double all = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
        double left = 1 - Math.min((double) step, all) / all;
        return (initialLearningRate - endLearningRate) * StrictMath.pow(left, power) + endLearningRate;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("initial_learning_rate", initialLearningRate)
                .with("decay_steps", LearningRateSchedule.count(decaySteps))
                .with("end_learning_rate", endLearningRate)
                .with("power", power)
                .with("cycle", cycle)
                .with("name", name)
                .asMap();
    }
}

package org.lockstep.optimizers.schedules;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * initial_learning_rate · decay_rate^(step / decay_steps).
 *
 * @param decaySteps steps of one decay, above 0
 * @param staircase whether the exponent is rounded down, so that the rate falls once every {@code decay_steps}
 */
public record ExponentialDecay(
        double initialLearningRate, double decaySteps, double decayRate, boolean staircase, String name)
        implements LearningRateSchedule {

    public ExponentialDecay {
        LearningRateSchedule.checkSteps("decay_steps", decaySteps);
    }

    public static ExponentialDecay of(double initialLearningRate, double decaySteps, double decayRate) {
        return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, false, "ExponentialDecay");
    }

    public ExponentialDecay staircase(boolean value) {
        return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, value, name);
    }

    public ExponentialDecay name(String value) {
        return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, staircase, value);
    }

    @Override
    public double rate(long step) {
        double decays = step / decaySteps;
        return initialLearningRate * StrictMath.pow(decayRate, staircase ? Math.floor(decays) : decays);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("initial_learning_rate", initialLearningRate)
                .with("decay_steps", LearningRateSchedule.count(decaySteps))
                .with("decay_rate", decayRate)
                .with("staircase", staircase)
                .with("name", name)
                .asMap();
    }
}

package org.lockstep.optimizers.schedules;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * initial_learning_rate / (1 + decay_rate · step / decay_steps).
 *
 * @param decaySteps steps of one decay, above 0
 * @param staircase whether step / decay_steps is rounded down, so that the rate falls once every {@code decay_steps}
 */
public record InverseTimeDecay(
        double initialLearningRate, double decaySteps, double decayRate, boolean staircase, String name)
        implements LearningRateSchedule {

    public InverseTimeDecay {
        LearningRateSchedule.checkSteps("decay_steps", decaySteps);
    }

    public static InverseTimeDecay of(double initialLearningRate, double decaySteps, double decayRate) {
        return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, false, "InverseTimeDecay");
    }

    public InverseTimeDecay staircase(boolean value) {
        return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, value, name);
    }

    public InverseTimeDecay name(String value) {
        return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, staircase, value);
    }

    @Override
    public double rate(long step) {
        double decays = step / decaySteps;
        return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(decays) : decays));
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

package org.lockstep.optimizers.schedules;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * With p = min(step / decay_steps, 1), initial_learning_rate · ((1 − alpha) · ½ (1 + cos πp) + alpha). With a
 * {@code warmup_target} the rate first grows by equal steps from initial_learning_rate to that target, over
 * {@code warmup_steps}, and then decays from it.
 *
 * @param decaySteps steps of the decay, above 0
 * @param alpha the part of the rate that stays
 * @param warmupTarget null for no warm-up
 * @param warmupSteps of no effect without a target
 */
public record CosineDecay(
        double initialLearningRate,
        double decaySteps,
        double alpha,
        String name,
        @Nullable Double warmupTarget,
        double warmupSteps)
        implements LearningRateSchedule {

    public CosineDecay {
        LearningRateSchedule.checkSteps("decay_steps", decaySteps);
    }

    public static CosineDecay of(double initialLearningRate, double decaySteps) {
        return new CosineDecay(initialLearningRate, decaySteps, 0, "CosineDecay", null, 0);
    }

    public CosineDecay alpha(double value) {
        return new CosineDecay(initialLearningRate, decaySteps, value, name, warmupTarget, warmupSteps);
    }

    public CosineDecay name(String value) {
        return new CosineDecay(initialLearningRate, decaySteps, alpha, value, warmupTarget, warmupSteps);
    }

    /** Grows to a target first. */
    public CosineDecay warmup(double target, double steps) {
        return new CosineDecay(initialLearningRate, decaySteps, alpha, name, target, steps);
    }

    @Override
    public double rate(long step) {
        if (warmupTarget == null) {
            return decayed(initialLearningRate, (double) step);
        }
        return step < warmupSteps
                ? (warmupTarget - initialLearningRate) * (step / warmupSteps) + initialLearningRate
                : decayed(warmupTarget, step - warmupSteps);
    }

    private double decayed(double from, double step) {
        double part = Math.min(step, decaySteps) / decaySteps;
        double cosine = 0.5 * (1 + StrictMath.cos(Math.PI * part));
        return from * ((1 - alpha) * cosine + alpha);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("initial_learning_rate", initialLearningRate)
                .with("decay_steps", LearningRateSchedule.count(decaySteps))
                .with("alpha", alpha)
                .with("name", name)
                .with("warmup_target", warmupTarget)
                .with("warmup_steps", LearningRateSchedule.count(warmupSteps))
                .asMap();
    }
}

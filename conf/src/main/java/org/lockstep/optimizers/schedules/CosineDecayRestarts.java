package org.lockstep.optimizers.schedules;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * Periods of a cosine decay. Period i, from 0, has first_decay_steps · t_mulⁱ steps; after the part p of it the rate is
 * initial_learning_rate · ((1 − alpha) · m_mulⁱ · ½ (1 + cos πp) + alpha).
 *
 * @param firstDecaySteps steps of the first period, above 0
 * @param tMul how much longer each period is than the one before
 * @param mMul how much higher each period begins than the one before
 * @param alpha the part of the rate that stays
 */
public record CosineDecayRestarts(
        double initialLearningRate, double firstDecaySteps, double tMul, double mMul, double alpha, String name)
        implements LearningRateSchedule {

    public CosineDecayRestarts {
        LearningRateSchedule.checkSteps("first_decay_steps", firstDecaySteps);
    }

    public static CosineDecayRestarts of(double initialLearningRate, double firstDecaySteps) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, 2, 1, 0, "SGDRDecay");
    }

    public CosineDecayRestarts tMul(double value) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, value, mMul, alpha, name);
    }

    public CosineDecayRestarts mMul(double value) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, value, alpha, name);
    }

    public CosineDecayRestarts alpha(double value) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, mMul, value, name);
    }

    public CosineDecayRestarts name(String value) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, mMul, alpha, value);
    }

    @Override
    public double rate(long step) {
        double periods = step / firstDecaySteps;
        double restarts = restarts(periods);
        double part = tMul == 1 ? periods - restarts : (periods - begin(restarts)) / StrictMath.pow(tMul, restarts);
        double cosine = 0.5 * StrictMath.pow(mMul, restarts) * (1 + StrictMath.cos(Math.PI * part));
        return initialLearningRate * ((1 - alpha) * cosine + alpha);
    }

    /** Periods that are over, given the steps in multiples of the first period. */
    private double restarts(double periods) {
        if (tMul == 1) {
            return Math.floor(periods);
        }
        double restarts = Math.floor(StrictMath.log(1 - periods * (1 - tMul)) / StrictMath.log(tMul));
        // The quotient may fall short of a whole number: log(1000) / log(10) does.
        return begin(restarts + 1) <= periods ? restarts + 1 : restarts;
    }

    /** Where a period begins, in multiples of the first one. */
    private double begin(double period) {
        return (1 - StrictMath.pow(tMul, period)) / (1 - tMul);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("initial_learning_rate", initialLearningRate)
                .with("first_decay_steps", LearningRateSchedule.count(firstDecaySteps))
                .with("t_mul", tMul)
                .with("m_mul", mMul)
                .with("alpha", alpha)
                .with("name", name)
                .asMap();
    }
}

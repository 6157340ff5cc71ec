package org.lockstep.optimizers;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.lockstep.optimizers.schedules.LearningRateSchedule;

/**
 * The arguments that all optimizers share.
 *
 * @param learningRate of the first update, and of all others unless there is a schedule
 * @param schedule the learning rate by updates; null where it is the same for all
 * @param weightDecay w −= w · weight_decay · learning_rate before each update; null is none
 */
public record CommonArguments(
        double learningRate,
        @Nullable LearningRateSchedule schedule,
        @Nullable Double weightDecay,
        Clip clip) implements Serializable {

    public CommonArguments {
        learningRate = schedule == null ? learningRate : schedule.rate(0);
        Optimizer.checkRate(learningRate);
    }

    static CommonArguments of(double learningRate) {
        return new CommonArguments(learningRate, null, null, Clip.NONE);
    }

    /** The same at another rate, which no schedule changes. */
    public CommonArguments learningRate(double value) {
        return new CommonArguments(value, null, weightDecay, clip);
    }

    public CommonArguments learningRate(LearningRateSchedule value) {
        return new CommonArguments(learningRate, value, weightDecay, clip);
    }

    public CommonArguments weightDecay(@Nullable Double value) {
        return new CommonArguments(learningRate, schedule, value, clip);
    }

    public CommonArguments clip(Clip value) {
        return new CommonArguments(learningRate, schedule, weightDecay, value);
    }
}

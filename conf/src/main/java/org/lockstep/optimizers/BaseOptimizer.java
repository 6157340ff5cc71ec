package org.lockstep.optimizers;

import org.lockstep.optimizers.schedules.LearningRateSchedule;

/**
 * An optimizer whose shared arguments are set one by one.
 *
 * @param <T> the optimizer itself
 */
public sealed interface BaseOptimizer<T extends BaseOptimizer<T>> extends Optimizer
        permits SGD, RMSprop, Adam, AdamW, Adagrad, Adadelta, Adamax, Nadam, Lion {

    @Override
    T common(CommonArguments value);

    @Override
    default T learningRate(double value) {
        return common(common().learningRate(value));
    }

    @Override
    default T learningRate(LearningRateSchedule value) {
        return common(common().learningRate(value));
    }

    default T weightDecay(double value) {
        return common(common().weightDecay(value));
    }

    default T clipnorm(double value) {
        Clip clip = clip();
        return common(common().clip(new Clip(value, clip.clipvalue(), clip.globalClipnorm())));
    }

    default T clipvalue(double value) {
        Clip clip = clip();
        return common(common().clip(new Clip(clip.clipnorm(), value, clip.globalClipnorm())));
    }

    default T globalClipnorm(double value) {
        Clip clip = clip();
        return common(common().clip(new Clip(clip.clipnorm(), clip.clipvalue(), value)));
    }
}

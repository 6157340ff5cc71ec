package org.lockstep.executor.step.onednn;

import org.jspecify.annotations.Nullable;

/**
 * Operations of synchronized batch normalization: what the shard's batch adds to the statistics, the meeting, and the
 * normalization with statistics that are given.
 *
 * @param normalization of the shard's own batch
 */
record MeetingLayers(Builder builder, Normalization normalization) {

    void add(
            Value x,
            Value y,
            @Nullable Parameter gamma,
            @Nullable Parameter beta,
            Parameter movingMean,
            Parameter movingVariance) {
        Slot mean = channels();
        Slot variance = channels();
        Slot scale = gamma == null ? channels() : gamma.value();
        Slot shift = beta == null ? channels() : beta.value();
        Moments.Constants constants = new Moments.Constants(gamma == null ? scale : null, beta == null ? shift : null);
        Slot scaleGradient = gradient(gamma);
        Slot shiftGradient = gradient(beta);
        Meeting meeting = Meeting.of(normalization.lines().length(), mean, variance, scaleGradient, shiftGradient);
        builder.add(Moments.of(normalization, x, y, scale, constants, meeting));
        builder.add(meeting);
        builder.add(NormalizationOperation.of(
                normalization.given(true),
                x,
                y,
                new NormalizationOperation.Statistic(mean, movingMean.gradient()),
                new NormalizationOperation.Statistic(variance, movingVariance.gradient()),
                new Normalization.Affine(scale, shift),
                new Normalization.Affine(scaleGradient, shiftGradient)));
    }

    /** Where the parameter's gradient goes; a place of its own where nobody else wants it. */
    private Slot gradient(@Nullable Parameter parameter) {
        Slot wanted = parameter == null ? null : parameter.gradient();
        return wanted == null ? channels() : wanted;
    }

    private Slot channels() {
        return builder.device().arena().floats(normalization.lines().length());
    }
}

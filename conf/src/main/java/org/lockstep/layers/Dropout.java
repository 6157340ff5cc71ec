package org.lockstep.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In training, keeps each number with probability 1 − rate and scales it by 1 / (1 − rate); otherwise the identity.
 *
 * <p>Output shape: the input's.
 *
 * @param noiseShape the mask's shape, null where it is the input's; a null entry is the input's dimension, a 1 shares the
 *     mask along that axis
 * @param seed null takes the run's seed
 */
public record Dropout(
        LayerConf conf,
        double rate,
        @Nullable List<@Nullable Integer> noiseShape,
        @Nullable Long seed) implements Layer {

    public Dropout {
        check(rate);
        noiseShape = noiseShape == null ? null : Collections.unmodifiableList(new ArrayList<>(noiseShape));
    }

    static void check(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(
                    "Invalid value received for argument `rate`. Expected a float value between 0 "
                            + "and 1. Received: rate=" + rate);
        }
    }

    public static Dropout of(double rate) {
        return new Dropout(LayerConf.DEFAULT, rate, null, null);
    }

    /** The mask's shape with the batch first; null entries are the input's dimensions. */
    public Dropout noiseShape(@Nullable Integer... value) {
        return new Dropout(conf, rate, Arrays.asList(value), seed);
    }

    public Dropout seed(long value) {
        return new Dropout(conf, rate, noiseShape, value);
    }

    @Override
    public Shape outputShape(Shape input) {
        List<@Nullable Integer> noise = noiseShape;
        if (noise != null && noise.size() != input.rank()) {
            throw new IllegalArgumentException(
                    "Argument `noise_shape` must have as many entries as the input has dimensions, %d. Received: %s"
                            .formatted(input.rank(), noise));
        }
        return input;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("rate", rate)
                .with("seed", seed)
                .with("noise_shape", noiseShape)
                .asMap();
    }

    @Override
    public Dropout conf(LayerConf value) {
        return new Dropout(value, rate, noiseShape, seed);
    }

    public Dropout name(String value) {
        return conf(conf.name(value));
    }

    public Dropout trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public Dropout inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}

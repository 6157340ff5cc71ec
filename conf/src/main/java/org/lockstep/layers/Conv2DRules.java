package org.lockstep.layers;

import org.jspecify.annotations.Nullable;

/** Keras's refusals of a convolution, in the order in which Keras checks them. */
final class Conv2DRules {

    private Conv2DRules() {}

    static void check(int filters, int groups, Window window) {
        positive("filters", filters);
        if (groups <= 0) {
            throw new IllegalArgumentException(
                    "The number of groups must be a positive integer. Received: groups=" + groups + ".");
        }
        if (filters % groups != 0) {
            throw new IllegalArgumentException(
                    "The number of filters must be evenly divisible by the number of groups. Received: groups=%d, filters=%d."
                            .formatted(groups, filters));
        }
        check(window);
    }

    static void check(int depthMultiplier, Window window) {
        positive("depth_multiplier", depthMultiplier);
        check(window);
    }

    static void checkSeparable(int depthMultiplier, int filters, Window window) {
        positive("depth_multiplier", depthMultiplier);
        positive("filters", filters);
        check(window);
    }

    static void checkTransposed(int filters, @Nullable Pair outputPadding, Window window) {
        positive("filters", filters);
        Pair strides = window.strides();
        if (outputPadding != null
                && (outputPadding.height() >= strides.height() || outputPadding.width() >= strides.width())) {
            throw new IllegalArgumentException("`output_padding` must be < `strides`. output_padding=%s, strides=%s"
                    .formatted(outputPadding, strides));
        }
        check(window);
    }

    private static void positive(String argument, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "Invalid value for argument `%s`. Expected a strictly positive value. Received %s=%d."
                            .formatted(argument, argument, value));
        }
    }

    private static void check(Window window) {
        if (window.strides().max() > 1 && window.dilation().max() > 1) {
            throw new IllegalArgumentException(
                    "`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: strides=%s and dilation_rate=%s"
                            .formatted(window.strides(), window.dilation()));
        }
    }

    /** The number of input channels, checked as Keras's build does. */
    static int channels(Conv2D layer, Shape input) {
        int channels = channels(layer.name(), layer.window(), input);
        if (channels % layer.groups() != 0 || channels == 0) {
            throw new IllegalArgumentException(
                    "The number of input channels must be evenly divisible by the number of groups. Received groups=%d, but the input has %d channels (full input shape is %s)."
                            .formatted(layer.groups(), channels, input));
        }
        return channels;
    }

    /** The number of input channels, which must be known. */
    static int channels(String layer, Window window, Shape input) {
        Rank.require(layer, input, 4);
        int axis = window.dataFormat().channelAxis();
        if (!input.isKnown(axis)) {
            throw new IllegalArgumentException(
                    "The channel dimension of the inputs should be defined. Found `None`. Full input shape received: "
                            + input);
        }
        return input.dimension(axis);
    }
}

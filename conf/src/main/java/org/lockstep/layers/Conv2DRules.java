package org.lockstep.layers;

/** Keras's refusals of a convolution, in the order in which Keras checks them. */
final class Conv2DRules {

    private Conv2DRules() {}

    static void check(int filters, int groups, Window window) {
        if (filters <= 0) {
            throw new IllegalArgumentException(
                    "Invalid value for argument `filters`. Expected a strictly positive value. " + "Received filters="
                            + filters + ".");
        }
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
        if (depthMultiplier <= 0) {
            throw new IllegalArgumentException(
                    "Invalid value for argument `depth_multiplier`. Expected a strictly positive value. Received "
                            + "depth_multiplier=" + depthMultiplier + ".");
        }
        check(window);
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

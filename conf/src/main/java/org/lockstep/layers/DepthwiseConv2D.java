package org.lockstep.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.constraints.Constraint;
import org.lockstep.initializers.Initializer;
import org.lockstep.regularizers.Regularizer;

/**
 * A 2D convolution of each channel by itself: activation(x ∗ kernel + bias), where ∗ is cross-correlation.
 *
 * <p>Input shape: (batch, height, width, channels), or (batch, channels, height, width) with channels_first. Output shape:
 * the same order with channels · depth_multiplier channels, number c · depth_multiplier + m made from channel c, and height
 * and width as for {@link Conv2D}. Variables: kernel (kernel height, kernel width, channels, depth_multiplier), whatever
 * the data format, and bias (channels · depth_multiplier).
 *
 * <p>The constructor refuses a depth multiplier, sizes, strides and dilations that are not positive, and strides above 1
 * together with dilations above 1.
 */
public record DepthwiseConv2D(
        LayerConf conf,
        Window window,
        int depthMultiplier,
        Activation activation,
        boolean useBias,
        Weight kernel,
        Weight bias,
        @Nullable Regularizer activityRegularizer)
        implements Convolving<DepthwiseConv2D> {

    public DepthwiseConv2D {
        Conv2DRules.check(depthMultiplier, window);
    }

    /**
     * A convolution with Keras's defaults.
     *
     * @param kernelSize one number, or height and width
     */
    public static DepthwiseConv2D of(int... kernelSize) {
        Window window = new Window(
                Pair.of("kernel_size", kernelSize),
                Pair.of("strides", 1),
                Padding.VALID,
                Pair.of("dilation_rate", 1),
                DataFormat.of(null));
        return new DepthwiseConv2D(
                LayerConf.DEFAULT,
                window,
                1,
                Activation.LINEAR,
                true,
                Weight.startingWith("glorot_uniform"),
                Weight.startingWith("zeros"),
                null);
    }

    public DepthwiseConv2D depthMultiplier(int value) {
        return new DepthwiseConv2D(conf, window, value, activation, useBias, kernel, bias, activityRegularizer);
    }

    @Override
    public DepthwiseConv2D activation(Activation value) {
        return new DepthwiseConv2D(conf, window, depthMultiplier, value, useBias, kernel, bias, activityRegularizer);
    }

    @Override
    public DepthwiseConv2D useBias(boolean value) {
        return new DepthwiseConv2D(conf, window, depthMultiplier, activation, value, kernel, bias, activityRegularizer);
    }

    @Override
    public DepthwiseConv2D activityRegularizer(@Nullable Regularizer value) {
        return new DepthwiseConv2D(conf, window, depthMultiplier, activation, useBias, kernel, bias, value);
    }

    @Override
    public DepthwiseConv2D window(Window value) {
        return new DepthwiseConv2D(
                conf, value, depthMultiplier, activation, useBias, kernel, bias, activityRegularizer);
    }

    /** How the variable starts, its penalty and its constraint. */
    public DepthwiseConv2D kernel(Weight value) {
        return new DepthwiseConv2D(
                conf, window, depthMultiplier, activation, useBias, value, bias, activityRegularizer);
    }

    @Override
    public DepthwiseConv2D bias(Weight value) {
        return new DepthwiseConv2D(
                conf, window, depthMultiplier, activation, useBias, kernel, value, activityRegularizer);
    }

    public DepthwiseConv2D depthwiseInitializer(String value) {
        return depthwiseInitializer(Initializer.of(value));
    }

    public DepthwiseConv2D depthwiseInitializer(Initializer value) {
        return kernel(kernel.initializer(value));
    }

    public DepthwiseConv2D depthwiseRegularizer(@Nullable String value) {
        return depthwiseRegularizer(Regularizer.of(value));
    }

    public DepthwiseConv2D depthwiseRegularizer(@Nullable Regularizer value) {
        return kernel(kernel.regularizer(value));
    }

    public DepthwiseConv2D depthwiseConstraint(@Nullable String value) {
        return depthwiseConstraint(Constraint.of(value));
    }

    public DepthwiseConv2D depthwiseConstraint(@Nullable Constraint value) {
        return kernel(kernel.constraint(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        int channels = Conv2DRules.channels(name(), window, input);
        return Activated.shape(
                activation, window.outputShape(name(), input, Math.multiplyExact(channels, depthMultiplier)));
    }

    @Override
    public List<Variable> variables(Shape input) {
        int channels = Conv2DRules.channels(name(), window, input);
        Pair size = window.size();
        List<Variable> variables = new ArrayList<>();
        variables.add(kernel.variable("kernel", trainable(), size.height(), size.width(), channels, depthMultiplier));
        if (useBias) {
            variables.add(bias.variable("bias", trainable(), Math.multiplyExact(channels, depthMultiplier)));
        }
        return List.copyOf(variables);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("depth_multiplier", depthMultiplier)
                .with("kernel_size", window.size().asList())
                .with("strides", window.strides().asList())
                .with("padding", window.padding().kerasName())
                .with("data_format", window.dataFormat().kerasName())
                .with("dilation_rate", window.dilation().asList())
                .with("activation", activation)
                .with("use_bias", useBias)
                .with("depthwise_initializer", kernel.initializer())
                .with("bias_initializer", bias.initializer())
                .with("depthwise_regularizer", kernel.regularizer())
                .with("bias_regularizer", bias.regularizer())
                .with("activity_regularizer", activityRegularizer)
                .with("depthwise_constraint", kernel.constraint())
                .with("bias_constraint", bias.constraint())
                .asMap();
    }

    @Override
    public DepthwiseConv2D conf(LayerConf value) {
        return new DepthwiseConv2D(
                value, window, depthMultiplier, activation, useBias, kernel, bias, activityRegularizer);
    }
}

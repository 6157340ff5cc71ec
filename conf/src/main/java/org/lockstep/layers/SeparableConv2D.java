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
 * A depthwise convolution and one of 1 × 1 after it: activation((x ∗ depthwise_kernel) ∗ pointwise_kernel + bias), where ∗ is
 * cross-correlation.
 *
 * <p>Input shape: (batch, height, width, channels), or (batch, channels, height, width) with channels_first. Output shape:
 * the same order with {@code filters} channels, and height and width as for {@link Conv2D}; strides, padding and dilation are
 * those of the depthwise part. Variables: depthwise_kernel (kernel height, kernel width, channels, depth_multiplier),
 * pointwise_kernel (1, 1, channels · depth_multiplier, filters), whatever the data format, and bias (filters).
 *
 * <p>The constructor refuses filters, a depth multiplier, sizes, strides and dilations that are not positive, and strides
 * above 1 together with dilations above 1.
 */
public record SeparableConv2D(
        LayerConf conf,
        int filters,
        Window window,
        int depthMultiplier,
        Activation activation,
        boolean useBias,
        Weight depthwise,
        Weight pointwise,
        Weight bias,
        @Nullable Regularizer activityRegularizer)
        implements Convolving<SeparableConv2D> {

    public SeparableConv2D {
        Conv2DRules.checkSeparable(depthMultiplier, filters, window);
    }

    /**
     * A convolution with Keras's defaults.
     *
     * @param kernelSize one number, or height and width
     */
    public static SeparableConv2D of(int filters, int... kernelSize) {
        Window window = new Window(
                Pair.of("kernel_size", kernelSize),
                Pair.of("strides", 1),
                Padding.VALID,
                Pair.of("dilation_rate", 1),
                DataFormat.of(null));
        return new SeparableConv2D(
                LayerConf.DEFAULT,
                filters,
                window,
                1,
                Activation.LINEAR,
                true,
                Weight.startingWith("glorot_uniform"),
                Weight.startingWith("glorot_uniform"),
                Weight.startingWith("zeros"),
                null);
    }

    public SeparableConv2D depthMultiplier(int value) {
        return new SeparableConv2D(
                conf, filters, window, value, activation, useBias, depthwise, pointwise, bias, activityRegularizer);
    }

    @Override
    public SeparableConv2D activation(Activation value) {
        return new SeparableConv2D(
                conf,
                filters,
                window,
                depthMultiplier,
                value,
                useBias,
                depthwise,
                pointwise,
                bias,
                activityRegularizer);
    }

    @Override
    public SeparableConv2D useBias(boolean value) {
        return new SeparableConv2D(
                conf,
                filters,
                window,
                depthMultiplier,
                activation,
                value,
                depthwise,
                pointwise,
                bias,
                activityRegularizer);
    }

    @Override
    public SeparableConv2D activityRegularizer(@Nullable Regularizer value) {
        return new SeparableConv2D(
                conf, filters, window, depthMultiplier, activation, useBias, depthwise, pointwise, bias, value);
    }

    @Override
    public SeparableConv2D window(Window value) {
        return new SeparableConv2D(
                conf,
                filters,
                value,
                depthMultiplier,
                activation,
                useBias,
                depthwise,
                pointwise,
                bias,
                activityRegularizer);
    }

    /** How the variable starts, its penalty and its constraint. */
    public SeparableConv2D depthwise(Weight value) {
        return new SeparableConv2D(
                conf,
                filters,
                window,
                depthMultiplier,
                activation,
                useBias,
                value,
                pointwise,
                bias,
                activityRegularizer);
    }

    /** How the variable starts, its penalty and its constraint. */
    public SeparableConv2D pointwise(Weight value) {
        return new SeparableConv2D(
                conf,
                filters,
                window,
                depthMultiplier,
                activation,
                useBias,
                depthwise,
                value,
                bias,
                activityRegularizer);
    }

    @Override
    public SeparableConv2D bias(Weight value) {
        return new SeparableConv2D(
                conf,
                filters,
                window,
                depthMultiplier,
                activation,
                useBias,
                depthwise,
                pointwise,
                value,
                activityRegularizer);
    }

    public SeparableConv2D depthwiseInitializer(String value) {
        return depthwiseInitializer(Initializer.of(value));
    }

    public SeparableConv2D depthwiseInitializer(Initializer value) {
        return depthwise(depthwise.initializer(value));
    }

    public SeparableConv2D depthwiseRegularizer(@Nullable String value) {
        return depthwiseRegularizer(Regularizer.of(value));
    }

    public SeparableConv2D depthwiseRegularizer(@Nullable Regularizer value) {
        return depthwise(depthwise.regularizer(value));
    }

    public SeparableConv2D depthwiseConstraint(@Nullable String value) {
        return depthwiseConstraint(Constraint.of(value));
    }

    public SeparableConv2D depthwiseConstraint(@Nullable Constraint value) {
        return depthwise(depthwise.constraint(value));
    }

    public SeparableConv2D pointwiseInitializer(String value) {
        return pointwiseInitializer(Initializer.of(value));
    }

    public SeparableConv2D pointwiseInitializer(Initializer value) {
        return pointwise(pointwise.initializer(value));
    }

    public SeparableConv2D pointwiseRegularizer(@Nullable String value) {
        return pointwiseRegularizer(Regularizer.of(value));
    }

    public SeparableConv2D pointwiseRegularizer(@Nullable Regularizer value) {
        return pointwise(pointwise.regularizer(value));
    }

    public SeparableConv2D pointwiseConstraint(@Nullable String value) {
        return pointwiseConstraint(Constraint.of(value));
    }

    public SeparableConv2D pointwiseConstraint(@Nullable Constraint value) {
        return pointwise(pointwise.constraint(value));
    }

    /** The shape of what the depthwise part makes. */
    public Shape depthwiseShape(Shape input) {
        int channels = Conv2DRules.channels(name(), window, input);
        return window.outputShape(name(), input, Math.multiplyExact(channels, depthMultiplier));
    }

    @Override
    public Shape outputShape(Shape input) {
        Conv2DRules.channels(name(), window, input);
        return Activated.shape(activation, window.outputShape(name(), input, filters));
    }

    @Override
    public List<Variable> variables(Shape input) {
        int channels = Conv2DRules.channels(name(), window, input);
        int deep = Math.multiplyExact(channels, depthMultiplier);
        Pair size = window.size();
        List<Variable> variables = new ArrayList<>();
        variables.add(depthwise.variable(
                "depthwise_kernel", trainable(), size.height(), size.width(), channels, depthMultiplier));
        variables.add(pointwise.variable("pointwise_kernel", trainable(), 1, 1, deep, filters));
        if (useBias) {
            variables.add(bias.variable("bias", trainable(), filters));
        }
        return List.copyOf(variables);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("depth_multiplier", depthMultiplier)
                .with("filters", filters)
                .with("kernel_size", window.size().asList())
                .with("strides", window.strides().asList())
                .with("padding", window.padding().kerasName())
                .with("data_format", window.dataFormat().kerasName())
                .with("dilation_rate", window.dilation().asList())
                .with("activation", activation)
                .with("use_bias", useBias)
                .with("depthwise_initializer", depthwise.initializer())
                .with("pointwise_initializer", pointwise.initializer())
                .with("bias_initializer", bias.initializer())
                .with("depthwise_regularizer", depthwise.regularizer())
                .with("pointwise_regularizer", pointwise.regularizer())
                .with("bias_regularizer", bias.regularizer())
                .with("activity_regularizer", activityRegularizer)
                .with("depthwise_constraint", depthwise.constraint())
                .with("pointwise_constraint", pointwise.constraint())
                .with("bias_constraint", bias.constraint())
                .asMap();
    }

    @Override
    public SeparableConv2D conf(LayerConf value) {
        return new SeparableConv2D(
                value,
                filters,
                window,
                depthMultiplier,
                activation,
                useBias,
                depthwise,
                pointwise,
                bias,
                activityRegularizer);
    }
}

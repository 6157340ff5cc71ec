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
 * A 2D convolution: activation(x ∗ kernel + bias), where ∗ is cross-correlation (the kernel is not flipped).
 *
 * <p>Input shape: (batch, height, width, channels), or (batch, channels, height, width) with channels_first. Output shape:
 * the same order with {@code filters} channels and, along each axis with k' = (k − 1) · dilation + 1, ⌊(n − k') / s⌋ + 1
 * places for valid padding and ⌈n / s⌉ for same. Variables: kernel (kernel height, kernel width, channels / groups,
 * filters), whatever the data format, and bias (filters). With groups, input channels and filters are cut into that many
 * parts and each part sees only its own channels.
 *
 * <p>The constructor refuses, as Keras does: filters or groups that are not positive, filters that groups do not divide,
 * sizes, strides and dilations that are not positive, and strides above 1 together with dilations above 1.
 */
public record Conv2D(
        LayerConf conf,
        int filters,
        Window window,
        int groups,
        Activation activation,
        boolean useBias,
        Weight kernel,
        Weight bias,
        @Nullable Regularizer activityRegularizer)
        implements Convolving<Conv2D> {

    public Conv2D {
        Conv2DRules.check(filters, groups, window);
    }

    /**
     * A convolution with Keras's defaults.
     *
     * @param kernelSize one number, or height and width
     */
    public static Conv2D of(int filters, int... kernelSize) {
        Window window = new Window(
                Pair.of("kernel_size", kernelSize),
                Pair.of("strides", 1),
                Padding.VALID,
                Pair.of("dilation_rate", 1),
                DataFormat.of(null));
        return new Conv2D(
                LayerConf.DEFAULT,
                filters,
                window,
                1,
                Activation.LINEAR,
                true,
                Weight.startingWith("glorot_uniform"),
                Weight.startingWith("zeros"),
                null);
    }

    public Conv2D groups(int value) {
        return new Conv2D(conf, filters, window, value, activation, useBias, kernel, bias, activityRegularizer);
    }

    @Override
    public Conv2D activation(Activation value) {
        return new Conv2D(conf, filters, window, groups, value, useBias, kernel, bias, activityRegularizer);
    }

    @Override
    public Conv2D useBias(boolean value) {
        return new Conv2D(conf, filters, window, groups, activation, value, kernel, bias, activityRegularizer);
    }

    @Override
    public Conv2D activityRegularizer(@Nullable Regularizer value) {
        return new Conv2D(conf, filters, window, groups, activation, useBias, kernel, bias, value);
    }

    @Override
    public Conv2D window(Window value) {
        return new Conv2D(conf, filters, value, groups, activation, useBias, kernel, bias, activityRegularizer);
    }

    /** How the variable starts, its penalty and its constraint. */
    public Conv2D kernel(Weight value) {
        return new Conv2D(conf, filters, window, groups, activation, useBias, value, bias, activityRegularizer);
    }

    @Override
    public Conv2D bias(Weight value) {
        return new Conv2D(conf, filters, window, groups, activation, useBias, kernel, value, activityRegularizer);
    }

    public Conv2D kernelInitializer(String value) {
        return kernelInitializer(Initializer.of(value));
    }

    public Conv2D kernelInitializer(Initializer value) {
        return kernel(kernel.initializer(value));
    }

    public Conv2D kernelRegularizer(@Nullable String value) {
        return kernelRegularizer(Regularizer.of(value));
    }

    public Conv2D kernelRegularizer(@Nullable Regularizer value) {
        return kernel(kernel.regularizer(value));
    }

    public Conv2D kernelConstraint(@Nullable String value) {
        return kernelConstraint(Constraint.of(value));
    }

    public Conv2D kernelConstraint(@Nullable Constraint value) {
        return kernel(kernel.constraint(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        Conv2DRules.channels(this, input);
        return Activated.shape(activation, window.outputShape(name(), input, filters));
    }

    @Override
    public List<Variable> variables(Shape input) {
        int channels = Conv2DRules.channels(this, input);
        Pair size = window.size();
        List<Variable> variables = new ArrayList<>();
        variables.add(kernel.variable("kernel", trainable(), size.height(), size.width(), channels / groups, filters));
        if (useBias) {
            variables.add(bias.variable("bias", trainable(), filters));
        }
        return List.copyOf(variables);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("filters", filters)
                .with("kernel_size", window.size().asList())
                .with("strides", window.strides().asList())
                .with("padding", window.padding().kerasName())
                .with("data_format", window.dataFormat().kerasName())
                .with("dilation_rate", window.dilation().asList())
                .with("groups", groups)
                .with("activation", activation)
                .with("use_bias", useBias)
                .with("kernel_initializer", kernel.initializer())
                .with("bias_initializer", bias.initializer())
                .with("kernel_regularizer", kernel.regularizer())
                .with("bias_regularizer", bias.regularizer())
                .with("activity_regularizer", activityRegularizer)
                .with("kernel_constraint", kernel.constraint())
                .with("bias_constraint", bias.constraint())
                .asMap();
    }

    @Override
    public Conv2D conf(LayerConf value) {
        return new Conv2D(value, filters, window, groups, activation, useBias, kernel, bias, activityRegularizer);
    }
}

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
 * A transposed 2D convolution: activation(y + bias), where y is what the gradient of a {@link Conv2D} with this window makes
 * of x: every pixel adds its multiple of the kernel to the places of the output that the window sees from it.
 *
 * <p>Input shape: (batch, height, width, channels), or (batch, channels, height, width) with channels_first. Output shape:
 * the same order with {@code filters} channels and, along each axis with k' = (k − 1) · dilation + 1, n · s places for same
 * padding and (n − 1) · s + max(k', s) for valid; with an output padding p, (n − 1) · s + k' mod 2 + p for same and
 * (n − 1) · s + k' + p for valid. Variables: kernel (kernel height, kernel width, filters, channels), whatever the data
 * format, and bias (filters).
 *
 * <p>The constructor refuses, as Keras does: filters, sizes, strides and dilations that are not positive, an output padding
 * that is negative or no less than the strides, and strides above 1 together with dilations above 1.
 *
 * @param outputPadding null for Keras's default
 */
public record Conv2DTranspose(
        LayerConf conf,
        int filters,
        Window window,
        @Nullable Pair outputPadding,
        Activation activation,
        boolean useBias,
        Weight kernel,
        Weight bias,
        @Nullable Regularizer activityRegularizer)
        implements Convolving<Conv2DTranspose> {

    public Conv2DTranspose {
        Conv2DRules.checkTransposed(filters, outputPadding, window);
    }

    /**
     * A transposed convolution with Keras's defaults.
     *
     * @param kernelSize one number, or height and width
     */
    public static Conv2DTranspose of(int filters, int... kernelSize) {
        Window window = new Window(
                Pair.of("kernel_size", kernelSize),
                Pair.of("strides", 1),
                Padding.VALID,
                Pair.of("dilation_rate", 1),
                DataFormat.of(null));
        return new Conv2DTranspose(
                LayerConf.DEFAULT,
                filters,
                window,
                null,
                Activation.LINEAR,
                true,
                Weight.startingWith("glorot_uniform"),
                Weight.startingWith("zeros"),
                null);
    }

    /** One number, or height and width; set the strides before it. */
    public Conv2DTranspose outputPadding(int... value) {
        return outputPadding(Pair.orZero("output_padding", value));
    }

    private Conv2DTranspose outputPadding(Pair value) {
        return new Conv2DTranspose(
                conf, filters, window, value, activation, useBias, kernel, bias, activityRegularizer);
    }

    @Override
    public Conv2DTranspose activation(Activation value) {
        return new Conv2DTranspose(
                conf, filters, window, outputPadding, value, useBias, kernel, bias, activityRegularizer);
    }

    @Override
    public Conv2DTranspose useBias(boolean value) {
        return new Conv2DTranspose(
                conf, filters, window, outputPadding, activation, value, kernel, bias, activityRegularizer);
    }

    @Override
    public Conv2DTranspose activityRegularizer(@Nullable Regularizer value) {
        return new Conv2DTranspose(conf, filters, window, outputPadding, activation, useBias, kernel, bias, value);
    }

    @Override
    public Conv2DTranspose window(Window value) {
        return new Conv2DTranspose(
                conf, filters, value, outputPadding, activation, useBias, kernel, bias, activityRegularizer);
    }

    /** How the variable starts, its penalty and its constraint. */
    public Conv2DTranspose kernel(Weight value) {
        return new Conv2DTranspose(
                conf, filters, window, outputPadding, activation, useBias, value, bias, activityRegularizer);
    }

    @Override
    public Conv2DTranspose bias(Weight value) {
        return new Conv2DTranspose(
                conf, filters, window, outputPadding, activation, useBias, kernel, value, activityRegularizer);
    }

    public Conv2DTranspose kernelInitializer(String value) {
        return kernelInitializer(Initializer.of(value));
    }

    public Conv2DTranspose kernelInitializer(Initializer value) {
        return kernel(kernel.initializer(value));
    }

    public Conv2DTranspose kernelRegularizer(@Nullable String value) {
        return kernelRegularizer(Regularizer.of(value));
    }

    public Conv2DTranspose kernelRegularizer(@Nullable Regularizer value) {
        return kernel(kernel.regularizer(value));
    }

    public Conv2DTranspose kernelConstraint(@Nullable String value) {
        return kernelConstraint(Constraint.of(value));
    }

    public Conv2DTranspose kernelConstraint(@Nullable Constraint value) {
        return kernel(kernel.constraint(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        Conv2DRules.channels(name(), window, input);
        DataFormat format = window.dataFormat();
        int height = enlarged(0, input.dimension(format.heightAxis()));
        int width = enlarged(1, input.dimension(format.widthAxis()));
        if (height == 0 || width == 0) {
            throw new IllegalArgumentException(("Computed output size would be zero or negative. Received: "
                            + "input_shape=%s, kernel_size=%s, strides=%s, padding=%s, output_padding=%s")
                    .formatted(
                            input,
                            window.size(),
                            window.strides(),
                            window.padding().kerasName(),
                            outputPadding));
        }
        return Activated.shape(activation, format.shape(input.dimension(0), height, width, filters));
    }

    /** The output's height or width, axis 0 or 1, from the input's. */
    private int enlarged(int axis, int size) {
        if (size == Shape.UNKNOWN) {
            return size;
        }
        boolean isHeight = axis == 0;
        int extent = isHeight ? window.extentHeight() : window.extentWidth();
        int stride = isHeight ? window.strides().height() : window.strides().width();
        boolean isSame = window.padding() == Padding.SAME;
        int reached = (size - 1) * stride;
        if (outputPadding == null) {
            return reached + (isSame ? stride : Math.max(extent, stride));
        }
        int more = isHeight ? outputPadding.height() : outputPadding.width();
        return reached + (isSame ? extent % 2 : extent) + more;
    }

    @Override
    public List<Variable> variables(Shape input) {
        int channels = Conv2DRules.channels(name(), window, input);
        Pair size = window.size();
        List<Variable> variables = new ArrayList<>();
        variables.add(kernel.variable("kernel", trainable(), size.height(), size.width(), filters, channels));
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
                .with("output_padding", outputPadding == null ? null : outputPadding.asList())
                .with("data_format", window.dataFormat().kerasName())
                .with("dilation_rate", window.dilation().asList())
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
    public Conv2DTranspose conf(LayerConf value) {
        return new Conv2DTranspose(
                value, filters, window, outputPadding, activation, useBias, kernel, bias, activityRegularizer);
    }
}

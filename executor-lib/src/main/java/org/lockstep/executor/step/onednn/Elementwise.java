package org.lockstep.executor.step.onednn;

import static org.bytedeco.dnnl.global.dnnl.algorithm.*;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;

/**
 * A function of single numbers that oneDNN knows.
 *
 * @param slope the algorithm of the backward pass
 * @param fromOutput whether the backward pass reads the output, so that the input need not be kept
 */
record Elementwise(algorithm function, algorithm slope, boolean fromOutput, float alpha, float beta) {

    /** The function that computes this activation, or null if oneDNN has none. */
    static @Nullable Elementwise of(Activation activation) {
        return switch (activation.function()) {
            case RELU -> relu(activation);
            case LEAKY_RELU -> leaky(activation.argument("negative_slope"));
            case RELU6 -> clip(0, 6);
            case ELU -> elu(activation.argument("alpha"));
            // Of another alpha it is no elu.
            case CELU -> activation.argument("alpha") == 1 ? elu(1) : null;
            case SIGMOID -> fromOutput(eltwise_logistic, eltwise_logistic_use_dst_for_bwd);
            case TANH -> fromOutput(eltwise_tanh, eltwise_tanh_use_dst_for_bwd);
            case EXPONENTIAL -> fromOutput(eltwise_exp, eltwise_exp_use_dst_for_bwd);
            case SOFTPLUS -> fromInput(eltwise_soft_relu, 1, 0);
            case LOG_SIGMOID -> fromInput(eltwise_soft_relu, -1, 0);
            case GELU ->
                fromInput(activation.argument("approximate") == 0 ? eltwise_gelu_erf : eltwise_gelu_tanh, 0, 0);
            case SILU -> fromInput(eltwise_swish, 1, 0);
            case MISH -> fromInput(eltwise_mish, 0, 0);
            case HARD_SIGMOID -> fromInput(eltwise_hardsigmoid, 1.0 / 6, 0.5);
            case HARD_SIGMOID_KERAS2 -> fromInput(eltwise_hardsigmoid, 0.2, 0.5);
            case SPARSE_SIGMOID -> fromInput(eltwise_hardsigmoid, 0.5, 0.5);
            case HARD_SILU -> fromInput(eltwise_hardswish, 1.0 / 6, 0.5);
            case HARD_TANH -> clip(-1, 1);
            case LINEAR,
                    SELU,
                    SOFTSIGN,
                    HARD_SHRINK,
                    SOFT_SHRINK,
                    TANH_SHRINK,
                    THRESHOLD,
                    SQUAREPLUS,
                    SPARSE_PLUS,
                    SOFTMAX,
                    LOG_SOFTMAX,
                    SPARSEMAX,
                    GLU -> null;
        };
    }

    private static @Nullable Elementwise relu(Activation activation) {
        double slope = activation.argument("negative_slope");
        double max = activation.argument("max_value");
        if (activation.argument("threshold") != 0 || (slope != 0 && max != Double.POSITIVE_INFINITY)) {
            return null;
        }
        if (max != Double.POSITIVE_INFINITY) {
            return max > 0 ? clip(0, max) : null;
        }
        return leaky(slope);
    }

    /** Below 0 times the slope; of one that is not negative the output has the input's sign. */
    private static Elementwise leaky(double slope) {
        return slope >= 0
                ? fromOutput(eltwise_relu, eltwise_relu_use_dst_for_bwd, slope, 0)
                : fromInput(eltwise_relu, slope, 0);
    }

    /** Cut off at both ends; the output tells of that where 16 bits hold them exactly, whatever numbers it has. */
    private static Elementwise clip(double low, double high) {
        return isShort((float) low) && isShort((float) high)
                ? fromOutput(eltwise_clip_v2, eltwise_clip_v2_use_dst_for_bwd, low, high)
                : fromInput(eltwise_clip_v2, low, high);
    }

    private static boolean isShort(float number) {
        return (Float.floatToRawIntBits(number) & 0xFFFF) == 0;
    }

    /** x above 0, alpha · (e^x − 1) below. */
    static Elementwise elu(double alpha) {
        return fromInput(eltwise_elu, alpha, 0);
    }

    /** scale · x + offset. */
    static Elementwise linear(double scale, double offset) {
        return fromInput(eltwise_linear, scale, offset);
    }

    private static Elementwise fromInput(algorithm function, double alpha, double beta) {
        return new Elementwise(function, function, false, (float) alpha, (float) beta);
    }

    private static Elementwise fromOutput(algorithm function, algorithm slope) {
        return fromOutput(function, slope, 0, 0);
    }

    private static Elementwise fromOutput(algorithm function, algorithm slope, double alpha, double beta) {
        return new Elementwise(function, slope, true, (float) alpha, (float) beta);
    }

    /** Whether it is max(x, 0). */
    boolean isRelu() {
        return function == eltwise_relu && alpha == 0;
    }

    Call forward(Device device, desc form, Slot x, Slot y) {
        var description = description(device, function, form);
        return device.call(
                new eltwise_forward(description),
                description,
                Argument.source(device.view(form, x)),
                Argument.target(device.view(form, y)));
    }

    /** Multiplies the output's gradient by the slope, in place; {@code kept} is the output or the input. */
    Call backward(Device device, desc form, Slot kept, Slot gradient) {
        var description = new eltwise_backward.primitive_desc(
                device.cpu(),
                slope,
                form,
                form,
                form,
                alpha,
                beta,
                description(device, slope, form),
                device.attributes(),
                false);
        return device.call(
                new eltwise_backward(description),
                description,
                fromOutput ? Argument.target(device.view(form, kept)) : Argument.source(device.view(form, kept)),
                Argument.targetGradient(device.view(form, gradient)),
                Argument.sourceGradient(device.view(form, gradient)));
    }

    private eltwise_forward.primitive_desc description(Device device, algorithm kind, desc form) {
        return new eltwise_forward.primitive_desc(
                device.cpu(), prop_kind.forward_training, kind, form, form, alpha, beta, device.attributes(), false);
    }
}

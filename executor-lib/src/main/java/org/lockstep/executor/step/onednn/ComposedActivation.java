package org.lockstep.executor.step.onednn;

import static org.bytedeco.dnnl.global.dnnl.algorithm.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory.desc;
import org.lockstep.activations.Activation;

/** An activation of single numbers that oneDNN has no function for, of those that it has; 32-bit floats. */
final class ComposedActivation {

    private final Builder builder;
    private final Activation activation;
    private final Layout layout;
    private final desc form;
    private final Slot x;

    ComposedActivation(Builder builder, Activation activation, Value x) {
        this.builder = builder;
        this.activation = activation;
        this.layout = x.layout();
        this.form = layout.flat();
        this.x = x.data();
    }

    /** Primitives of y = f(x). */
    List<Call> forward(Slot y) {
        return switch (activation.function()) {
            case RELU -> reluForward(y);
            case CELU -> celuForward(y);
            case SOFTSIGN -> {
                Slot divisor = room();
                yield List.of(
                        of(x).then(eltwise_abs, 0, 0).then(binary_add, 1).into(divisor),
                        of(x).then(binary_div, divisor).into(y));
            }
            case HARD_SHRINK -> List.of(beyond().then(binary_mul, x).into(y));
            case SOFT_SHRINK ->
                List.of(of(x).then(eltwise_clip, -threshold(), threshold())
                        .then(binary_mul, -1)
                        .then(binary_add, x)
                        .into(y));
            case TANH_SHRINK ->
                List.of(of(x).then(eltwise_tanh, 0, 0)
                        .then(binary_mul, -1)
                        .then(binary_add, x)
                        .into(y));
            case THRESHOLD -> {
                Slot otherwise = room();
                yield List.of(
                        otherwise().into(otherwise),
                        above().then(binary_mul, x).then(binary_add, otherwise).into(y));
            }
            case SQUAREPLUS ->
                List.of(root().then(binary_add, x).then(binary_mul, 0.5).into(y));
            case SPARSE_PLUS -> {
                Slot part = room();
                yield List.of(
                        part().into(part),
                        of(x).then(binary_max, part).then(binary_mul, part).into(y));
            }
            default -> throw new IllegalStateException("No formula for " + activation);
        };
    }

    /** Primitives that multiply y's gradient by f′(x), in its place. */
    List<Call> backward(Slot gradient) {
        return switch (activation.function()) {
            case RELU -> reluBackward(gradient);
            case CELU -> times(scaled().then(eltwise_exp, 0, 0), gradient);
            case SOFTSIGN -> {
                Slot divisor = room();
                yield List.of(
                        of(x).then(eltwise_abs, 0, 0).then(binary_add, 1).into(divisor),
                        of(gradient)
                                .then(binary_div, divisor)
                                .then(binary_div, divisor)
                                .into(gradient));
            }
            case HARD_SHRINK, SOFT_SHRINK -> times(beyond(), gradient);
            case TANH_SHRINK -> times(of(x).then(eltwise_tanh, 0, 0).then(eltwise_square, 0, 0), gradient);
            case THRESHOLD -> times(above(), gradient);
            case SQUAREPLUS -> {
                Slot root = room();
                Slot slope = room();
                yield List.of(
                        root().into(root),
                        of(x).then(binary_div, root)
                                .then(eltwise_linear, 0.5, 0.5)
                                .into(slope),
                        of(gradient).then(binary_mul, slope).into(gradient));
            }
            case SPARSE_PLUS -> times(part(), gradient);
            default -> throw new IllegalStateException("No slope for " + activation);
        };
    }

    /** clip(x where it is above the threshold, else 0; 0, max) − slope · relu(threshold − x); the clip only for a finite max. */
    private List<Call> reluForward(Slot y) {
        Slot below = room();
        double slope = activation.argument("negative_slope");
        double max = activation.argument("max_value");
        Chain kept = above().then(binary_mul, x);
        if (max != Double.POSITIVE_INFINITY) {
            kept.then(eltwise_clip, 0, max);
        }
        return List.of(
                of(x).then(binary_sub, threshold())
                        .then(binary_min, 0)
                        .then(binary_mul, slope)
                        .into(below),
                kept.then(binary_add, below).into(y));
    }

    private List<Call> reluBackward(Slot gradient) {
        Slot slopes = room();
        double slope = activation.argument("negative_slope");
        double max = activation.argument("max_value");
        List<Call> calls = new ArrayList<>();
        if (max == Double.POSITIVE_INFINITY) {
            calls.add(above().into(slopes));
        } else {
            Slot low = room();
            calls.add(of(x).then(binary_gt, Math.max(threshold(), 0)).into(low));
            calls.add(of(x).then(binary_lt, max).then(binary_mul, low).into(slopes));
        }
        Slot all = room();
        calls.add(of(x).then(binary_lt, threshold())
                .then(binary_mul, slope)
                .then(binary_add, slopes)
                .into(all));
        calls.add(of(gradient).then(binary_mul, all).into(gradient));
        return calls;
    }

    private List<Call> celuForward(Slot y) {
        Slot positive = room();
        return List.of(
                of(x).then(binary_max, 0).into(positive),
                scaled().then(eltwise_elu, 1, 0)
                        .then(binary_mul, activation.argument("alpha"))
                        .then(binary_add, positive)
                        .into(y));
    }

    private List<Call> times(Chain slope, Slot gradient) {
        Slot slopes = room();
        return List.of(slope.into(slopes), of(gradient).then(binary_mul, slopes).into(gradient));
    }

    private Chain of(Slot first) {
        return new Chain(builder.device(), form, first);
    }

    private Slot room() {
        return builder.data(layout);
    }

    private double threshold() {
        return activation.argument("threshold");
    }

    /** 1 where |x| &gt; threshold, else 0. */
    private Chain beyond() {
        return of(x).then(eltwise_abs, 0, 0).then(binary_gt, threshold());
    }

    /** 1 where x &gt; threshold, else 0. */
    private Chain above() {
        return of(x).then(binary_gt, threshold());
    }

    /** The default value where x ≤ threshold, else 0, also where the default is infinite. */
    private Chain otherwise() {
        float value = (float) activation.argument("default_value");
        Chain chosen = of(x).then(binary_le, threshold());
        return Float.isInfinite(value)
                ? chosen.then(binary_mul, Math.copySign(Float.MAX_VALUE, value)).then(binary_mul, 2)
                : chosen.then(binary_mul, value);
    }

    /** min(x / alpha, 0). */
    private Chain scaled() {
        return of(x).then(binary_div, activation.argument("alpha")).then(binary_min, 0);
    }

    /** √(x² + b). */
    private Chain root() {
        return of(x).then(binary_mul, x)
                .then(binary_add, activation.argument("b"))
                .then(eltwise_sqrt, 0, 0);
    }

    /** clip((x + 1) / 2, 0, 1), which is sparse_plus's slope; the function is the larger of x and this, times this. */
    private Chain part() {
        return of(x).then(eltwise_linear, 0.5, 0.5).then(eltwise_clip, 0, 1);
    }
}

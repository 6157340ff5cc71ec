package org.lockstep.executor.step.onednn;

import java.util.List;
import java.util.Set;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.activations.Function;

/** Operations of activations, as layers or at the end of other layers. */
final class ActivationLayers {

    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_ALPHA = 1.6732632423543772;

    /** Those that look along an axis. */
    private static final Set<Function> ALONG_AXIS =
            Set.of(Function.SOFTMAX, Function.LOG_SOFTMAX, Function.SPARSEMAX, Function.GLU);

    private final Builder builder;
    private final int logitsOf;
    private @Nullable Value logits;

    /** @param logitsOf the call whose activation's input the loss reads, or -1 */
    ActivationLayers(Builder builder, int logitsOf) {
        this.builder = builder;
        this.logitsOf = logitsOf;
    }

    /** What goes into the activation whose input the loss reads, in C order; null before that, and where there is none. */
    @Nullable
    Value logits() {
        return logits;
    }

    private Call slope(Elementwise function, Value y, Slot kept) {
        Slot gradient = y.gradient();
        if (gradient == null) {
            throw new IllegalStateException("A value without a gradient has no backward pass");
        }
        return function.backward(builder.device(), y.layout().flat(), kept, gradient);
    }

    /** The activation of x. */
    Value add(int call, Activation activation, Value x) {
        if (call == logitsOf) {
            Value arranged = builder.cast(builder.arranged(x, false), Numbers.FLOAT32);
            logits = arranged;
            builder.fence();
            Value end = new Value(arranged.layout(), arranged.data(), null);
            return apply(activation, end);
        }
        return apply(activation, x);
    }

    /** Whether each number is changed by itself, so that it does not matter how memory holds them. */
    static boolean isOfSingleNumbers(Activation activation) {
        return !ALONG_AXIS.contains(activation.function());
    }

    private Value apply(Activation activation, Value x) {
        Elementwise function = Elementwise.of(activation);
        if (function != null) {
            return elementwise(function, x);
        }
        return switch (activation.function()) {
            case LINEAR -> x;
            case SELU -> selu(x);
            case SOFTMAX -> softmax(algorithm.softmax_accurate, activation, builder.unblocked(x));
            case LOG_SOFTMAX -> softmax(algorithm.softmax_log, activation, builder.unblocked(x));
            case GLU -> glu(activation, builder.cast(builder.unblocked(x), Numbers.FLOAT32));
            case SPARSEMAX -> sparsemax(activation, builder.cast(builder.unblocked(x), Numbers.FLOAT32));
            default -> composed(activation, builder.cast(x, Numbers.FLOAT32));
        };
    }

    /** scale · x + offset. */
    Value linear(double scale, double offset, Value x) {
        return elementwise(Elementwise.linear(scale, offset), x);
    }

    private Value elementwise(Elementwise function, Value x) {
        Value merged = merged(function, x);
        if (merged != null) {
            return merged;
        }
        Value y = function.fromOutput() && isNormalized(x) ? x : inPlaceOf(x);
        Call forward = function.forward(builder.device(), x.layout().flat(), x.data(), y.data());
        List<Call> backward = y.gradient() == null
                ? List.of()
                : List.of(slope(function, y, function.fromOutput() ? y.data() : x.data()));
        builder.add(new Calls(List.of(forward), backward));
        return y;
    }

    /** An elu, multiplied in its place. */
    private Value selu(Value x) {
        Elementwise elu = Elementwise.elu(SELU_ALPHA);
        Elementwise scale = Elementwise.linear(SELU_SCALE, 0);
        Value y = inPlaceOf(x);
        desc form = x.layout().flat();
        List<Call> forward = List.of(
                elu.forward(builder.device(), form, x.data(), y.data()),
                scale.forward(builder.device(), form, y.data(), y.data()));
        List<Call> backward =
                y.gradient() == null ? List.of() : List.of(slope(scale, y, y.data()), slope(elu, y, x.data()));
        builder.add(new Calls(forward, backward));
        return y;
    }

    /** Whether it has just been made by a normalization, which does not read it on the way back. */
    private boolean isNormalized(Value x) {
        return builder.last() instanceof NormalizationOperation normalization && normalization.yields(x);
    }

    /** The function as the end of the operation that makes x, or null if that cannot apply it. */
    private @Nullable Value merged(Elementwise function, Value x) {
        Operation ended = ended(builder.last(), function, x);
        if (ended == null) {
            return null;
        }
        builder.replaceLast(ended);
        if (x.gradient() != null && !(ended instanceof NormalizationOperation)) {
            builder.add(new Slope(function, x, slope(function, x, x.data())));
        }
        return x;
    }

    private @Nullable Operation ended(@Nullable Operation maker, Elementwise function, Value x) {
        if (maker instanceof NormalizationOperation normalization && normalization.yields(x)) {
            return function.isRelu() ? normalization.withRelu() : null;
        }
        if (builder.trains() && !function.fromOutput()) {
            return null;
        }
        if (maker instanceof ProductOperation product && product.yields(x)) {
            return product.with(product.epilogue().then(function));
        }
        return maker instanceof Addition addition && addition.yields(x) ? addition.then(function) : null;
    }

    private Value softmax(algorithm kind, Activation activation, Value x) {
        Value y = inPlaceOf(x);
        int axis = axis(activation, x);
        Softmax softmax = new Softmax(builder.device(), kind, x.layout().desc(), axis);
        List<Call> backward = y.gradient() == null ? List.of() : List.of(softmax.backward(y.data(), y.gradient()));
        builder.add(new Calls(List.of(softmax.forward(x.data(), y.data())), backward));
        return y;
    }

    private Value composed(Activation activation, Value x) {
        Value y = inPlaceOf(x);
        ComposedActivation composed = new ComposedActivation(builder, activation, x);
        List<Call> backward = y.gradient() == null ? List.of() : composed.backward(y.gradient());
        builder.add(new Calls(composed.forward(y.data()), backward));
        return y;
    }

    private Value sparsemax(Activation activation, Value x) {
        Value y = inPlaceOf(x);
        Layout.Lines lines = x.layout().along(axis(activation, x));
        builder.add(new SparsemaxOperation(lines, x.data(), y.data(), y.gradient()));
        return y;
    }

    private Value glu(Activation activation, Value x) {
        int axis = axis(activation, x);
        int half = x.layout().shape().dimension(axis) / 2;
        Layout output = x.layout().shape(x.layout().shape().with(axis, half));
        Value y = builder.value(output, x.gradient() != null);
        builder.add(new GatedUnit(builder, axis, x, y).calls());
        return y;
    }

    private static int axis(Activation activation, Value x) {
        int axis = (int) activation.argument("axis");
        return axis < 0 ? axis + x.layout().shape().rank() : axis;
    }

    /** A value with its own place whose gradient shares x's. */
    private Value inPlaceOf(Value x) {
        return new Value(x.layout(), builder.data(x.layout()), x.gradient());
    }
}

package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;

/**
 * A product of a layer's input and its kernel, plus a bias, with what follows it as far as the primitive can do it.
 *
 * @param epilogue what follows
 */
record ProductOperation(Linear linear, Epilogue epilogue, Calls calls) implements Operation {

    /** The layer without what follows it. */
    record Linear(
            Device device,
            prop_kind kind,
            Product product,
            Value x,
            Value y,
            Parameter weight,
            @Nullable Parameter bias) {}

    /** The operation; null if oneDNN has no fast kernel with that epilogue. */
    static @Nullable ProductOperation of(Linear linear, Epilogue epilogue) {
        Product product = linear.product();
        Kernel kernel = new Kernel(
                linear.device(), product.kernelDesc(), linear.weight().value());
        Parameter bias = linear.bias();
        List<Call> calls = product.forward(
                linear.kind(),
                linear.x().data(),
                kernel,
                bias == null ? null : bias.value(),
                linear.y().data(),
                epilogue);
        if (calls == null) {
            return null;
        }
        List<Call> forward = new ArrayList<>(kernel.takeReorders());
        forward.addAll(calls);
        List<Call> backward = backward(linear, kernel, epilogue.summand());
        return new ProductOperation(linear, epilogue, new Calls(List.copyOf(forward), backward));
    }

    private static List<Call> backward(Linear linear, Kernel kernel, @Nullable Value summand) {
        Slot outputGradient = linear.y().gradient();
        if (outputGradient == null) {
            return List.of();
        }
        Product product = linear.product();
        List<Call> calls = new ArrayList<>();
        if (summand != null && summand.gradient() != null) {
            desc form = summand.layout().flat();
            calls.add(Reordering.call(linear.device(), form, outputGradient, form, summand.gradient()));
        }
        Slot weightGradient = linear.weight().gradient();
        if (weightGradient != null) {
            Parameter bias = linear.bias();
            KernelGradient target = new KernelGradient(linear.device(), product.kernelDesc(), weightGradient);
            calls.addAll(product.backwardWeights(
                    linear.x().data(), outputGradient, target, bias == null ? null : bias.gradient()));
            calls.addAll(target.reorders());
        }
        Slot inputGradient = linear.x().gradient();
        if (inputGradient != null) {
            List<Call> back = product.backwardData(kernel, outputGradient, inputGradient);
            calls.addAll(kernel.takeReorders());
            calls.addAll(back);
        }
        return List.copyOf(calls);
    }

    /** The operation with something after what it does, or null if that cannot be. */
    @Nullable
    ProductOperation with(Epilogue other) {
        return of(linear, other);
    }

    /** The operation with this added to what it does, or null if that cannot be. */
    @Nullable
    ProductOperation plus(Value other) {
        boolean sums = epilogue.summand() == null
                && epilogue.function() == null
                && linear.y().layout().equals(other.layout())
                && (linear.y().gradient() != null || other.gradient() == null);
        return sums ? of(linear, epilogue.plus(other)) : null;
    }

    /** Whether this makes that value, and no function is applied to it yet. */
    boolean yields(Value value) {
        return linear.y().isSamePlaceAs(value) && epilogue.function() == null;
    }

    /** The length of the output's axis that memory holds last. */
    int channels() {
        return linear.y().layout().channels();
    }

    @Override
    public void forward(Frame frame) {
        calls.forward(frame);
    }

    @Override
    public void backward(Frame frame) {
        calls.backward(frame);
    }

    @Override
    public long forwardFlops() {
        return linear.product().flops();
    }

    @Override
    public long backwardFlops() {
        if (linear.y().gradient() == null) {
            return 0;
        }
        int passes = (linear.weight().gradient() == null ? 0 : 1) + (linear.x().gradient() == null ? 0 : 1);
        return passes * linear.product().flops();
    }

    @Override
    public Uses uses() {
        return calls.uses();
    }
}

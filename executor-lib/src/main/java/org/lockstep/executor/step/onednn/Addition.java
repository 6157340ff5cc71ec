package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.desc;

/**
 * y = f(x₀ + x₁) for two tensors of one layout. The gradient of y shares the place of an input's.
 *
 * @param epilogue with f alone
 */
record Addition(Device device, Value first, Value second, Value y, Epilogue epilogue, Calls calls)
        implements Operation {

    static Addition of(Device device, Value first, Value second, Value y) {
        return of(device, first, second, y, Epilogue.NONE);
    }

    private static Addition of(Device device, Value first, Value second, Value y, Epilogue epilogue) {
        desc form = y.layout().flat();
        var description = new binary.primitive_desc(
                device.cpu(),
                algorithm.binary_add,
                form,
                form,
                form,
                epilogue.appendedTo(device.attributes(), form, 1),
                false);
        Call forward = device.call(
                new binary(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC_0, device.view(form, first.data())),
                new Argument(dnnl.DNNL_ARG_SRC_1, device.view(form, second.data())),
                Argument.target(device.view(form, y.data())));
        Value other = first.gradient() == y.gradient() ? second : first;
        Slot gradient = y.gradient();
        List<Call> backward = gradient == null || other.gradient() == null
                ? List.of()
                : List.of(Reordering.call(device, form, gradient, form, other.gradient()));
        return new Addition(device, first, second, y, epilogue, new Calls(List.of(forward), backward));
    }

    /** The operation with a function after what it does. */
    Addition then(Elementwise function) {
        return of(device, first, second, y, epilogue.then(function));
    }

    /** Whether this makes that value, and no function is applied to it yet. */
    boolean yields(Value value) {
        return y.isSamePlaceAs(value) && epilogue.function() == null;
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
    public Uses uses() {
        return calls.uses();
    }
}

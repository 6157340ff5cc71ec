package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;

/**
 * The primitives of one transposed convolution with Keras's kernel (height, width, filters, channels): those of the
 * convolution that goes the other way, whose gradient of the input is this one's output. Strided they take less time than
 * oneDNN's deconvolution, whose gradient of the bias is a loop over single numbers besides.
 *
 * @param output this one's output, the other's input
 * @param other the convolution from this one's output to its input, without a bias
 */
record TransposedConvolution(Device device, Image output, Convolution other) implements Product {

    /** Of its output. */
    private static final int AXES = 4;

    @Override
    public long flops() {
        return other.flops();
    }

    /** The memory of (height, width, filters, channels) is that of the other's (height, width, in, out). */
    @Override
    public desc kernelDesc() {
        return other.kernelDesc();
    }

    @Override
    public @Nullable List<Call> forward(
            prop_kind kind, Slot x, Kernel kernel, @Nullable Slot bias, Slot y, Epilogue epilogue) {
        if (bias == null && !epilogue.equals(Epilogue.NONE)) {
            return null;
        }
        List<Call> calls = new ArrayList<>(other.backwardData(kernel, x, y));
        if (bias != null) {
            calls.add(biased(y, bias, epilogue));
        }
        return calls;
    }

    /** y + bias in its place, and what follows. */
    private Call biased(Slot y, Slot bias, Epilogue epilogue) {
        desc form = output.desc();
        desc biasForm = Device.plain(1, output.channels(), 1, 1);
        var description = new binary.primitive_desc(
                device.cpu(),
                algorithm.binary_add,
                form,
                biasForm,
                form,
                epilogue.appendedTo(device.attributes(), form, AXES),
                false);
        List<Argument> arguments = new ArrayList<>(epilogue.arguments(device, form, AXES));
        arguments.add(new Argument(dnnl.DNNL_ARG_SRC_0, device.view(form, y)));
        arguments.add(new Argument(dnnl.DNNL_ARG_SRC_1, device.view(biasForm, bias)));
        arguments.add(Argument.target(device.view(form, y)));
        return device.call(new binary(description), description, arguments);
    }

    @Override
    public List<Call> backwardWeights(Slot x, Slot outputGradient, KernelGradient kernel, @Nullable Slot bias) {
        List<Call> calls = new ArrayList<>(other.backwardWeights(outputGradient, x, kernel, null));
        if (bias != null) {
            calls.addAll(new ChannelSums(device, output).calls(outputGradient, bias));
        }
        return calls;
    }

    @Override
    public List<Call> backwardData(Kernel kernel, Slot outputGradient, Slot inputGradient) {
        List<Call> calls =
                other.forward(prop_kind.forward_training, outputGradient, kernel, null, inputGradient, Epilogue.NONE);
        if (calls == null) {
            throw new IllegalStateException("oneDNN has no kernel for a convolution of " + output);
        }
        return calls;
    }
}

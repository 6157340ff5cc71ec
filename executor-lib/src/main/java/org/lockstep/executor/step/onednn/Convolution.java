package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/**
 * The primitives of one convolution over images (batch, height, width, channels) with Keras's kernel (height, width, in /
 * groups, filters).
 */
final class Convolution implements Product {

    /** Of its input and output. */
    private static final int AXES = 4;

    private final Device device;
    private final Image input;
    private final Image output;
    /** What the gradient of the input takes the same memory for. */
    private final Image blockedInput;

    private final Image blockedOutput;
    private final Geometry window;
    private final int groups;
    private final boolean biased;
    private final Implementations implementations;

    Convolution(Device device, Image input, Image output, Geometry window, int groups, boolean biased) {
        this.device = device;
        // Images of one block lie as those do whose channels are last; told so, oneDNN 3.11 makes the output and the
        // gradient of the kernel in five sixths of the time.
        boolean areSingle = input.isOneBlock() && output.isOneBlock();
        this.input = areSingle ? input.channelsLast() : input;
        this.output = areSingle ? output.channelsLast() : output;
        this.blockedInput = input;
        this.blockedOutput = output;
        this.window = window;
        this.groups = groups;
        this.biased = biased;
        this.implementations = new Implementations(input, output, window, groups);
    }

    @Override
    public long flops() {
        long[] size = window.size();
        return 2 * output.size() * (input.channels() / groups) * size[0] * size[1];
    }

    @Override
    public @Nullable List<Call> forward(
            prop_kind kind, Slot x, Kernel kernel, @Nullable Slot bias, Slot y, Epilogue epilogue) {
        var description = description(kind, epilogue.appendedTo(device.attributes(), output.desc(), AXES));
        if (epilogue.reads() && Device.isReference(description)) {
            return null;
        }
        List<Argument> arguments = new ArrayList<>(epilogue.arguments(device, output.desc(), AXES));
        arguments.add(Argument.source(device.view(input.desc(), x)));
        arguments.add(Argument.weights(kernel.as(description.weights_desc())));
        arguments.add(Argument.target(device.view(output.desc(), y)));
        if (bias != null) {
            arguments.add(Argument.bias(device.view(biasDesc(), bias)));
        }
        return List.of(device.call(new convolution_forward(description), description, arguments));
    }

    @Override
    public List<Call> backwardWeights(Slot x, Slot outputGradient, KernelGradient kernel, @Nullable Slot bias) {
        var description = new convolution_backward_weights.primitive_desc(
                device.cpu(),
                algorithm.convolution_direct,
                input.desc(),
                Device.any(Numbers.FLOAT32, kernelDims()),
                biasDesc(),
                output.desc(),
                window.strides(),
                window.gaps(),
                window.before(),
                window.after(),
                description(prop_kind.forward_training, device.attributes()),
                device.attributes(),
                false);
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.source(device.view(input.desc(), x)));
        arguments.add(Argument.targetGradient(device.view(output.desc(), outputGradient)));
        arguments.add(Argument.weightsGradient(kernel.as(description.diff_weights_desc())));
        if (bias != null) {
            arguments.add(Argument.biasGradient(device.view(biasDesc(), bias)));
        }
        return List.of(device.call(new convolution_backward_weights(description), description, arguments));
    }

    @Override
    public List<Call> backwardData(Kernel kernel, Slot outputGradient, Slot inputGradient) {
        var description = implementations.backwardData(this::backwardDataOffer);
        return List.of(device.call(
                new convolution_backward_data(description),
                description,
                Argument.targetGradient(device.view(blockedOutput.desc(), outputGradient)),
                Argument.weights(kernel.as(description.weights_desc())),
                Argument.sourceGradient(device.view(blockedInput.desc(), inputGradient))));
    }

    private convolution_backward_data.primitive_desc backwardDataOffer() {
        return new convolution_backward_data.primitive_desc(
                device.cpu(),
                algorithm.convolution_direct,
                blockedInput.desc(),
                Device.any(input.numbers(), kernelDims()),
                blockedOutput.desc(),
                window.strides(),
                window.gaps(),
                window.before(),
                window.after(),
                offer(prop_kind.forward_training, device.attributes(), blockedInput, blockedOutput),
                device.attributes(),
                false);
    }

    private convolution_forward.primitive_desc description(prop_kind kind, primitive_attr attributes) {
        return implementations.forward(() -> offer(kind, attributes, input, output));
    }

    private convolution_forward.primitive_desc offer(prop_kind kind, primitive_attr attributes, Image from, Image to) {
        return new convolution_forward.primitive_desc(
                device.cpu(),
                kind,
                algorithm.convolution_direct,
                from.desc(),
                Device.any(from.numbers(), kernelDims()),
                biasDesc(),
                to.desc(),
                window.strides(),
                window.gaps(),
                window.before(),
                window.after(),
                attributes,
                false);
    }

    /** The axes: (groups,) out, in, height, width. */
    @Override
    public desc kernelDesc() {
        long filters = output.channels();
        long across = input.channels() / groups * filters;
        long down = window.size()[1] * across;
        return Device.strided(
                kernelDims(),
                groups == 1
                        ? new long[] {1, filters, down, across}
                        : new long[] {filters / groups, 1, filters, down, across});
    }

    private long[] kernelDims() {
        return window.kernelDims(input.channels(), output.channels(), groups);
    }

    /** Nothing where there is no bias. */
    private desc biasDesc() {
        return biased ? Device.plain(output.channels()) : new desc();
    }
}

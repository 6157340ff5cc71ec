package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/**
 * The primitives of (rows, in) · (in, units) + bias, with Keras's kernel (in, units).
 *
 * <p>They read and write the kernel in Keras's order: for the large kernel of a small convolutional network the copies into
 * oneDNN's own cost more than its faster product saves. For bfloat16 it is copied anyway, but without being turned.
 */
final class InnerProduct implements Product {

    /** Of its input and output. */
    private static final int AXES = 2;

    /** Numbers of a kernel that the cache next to a core is taken not to hold. */
    private static final long LARGE = 1 << 18;

    private final Device device;
    private final long rows;
    private final long in;
    private final long units;
    private final boolean biased;
    private final Numbers numbers;
    /** Whether a fast product takes the kernel in Keras's order. */
    private final boolean isPlain;

    InnerProduct(Device device, long rows, long in, long units, boolean biased, Numbers numbers) {
        this.device = device;
        this.rows = rows;
        this.in = in;
        this.units = units;
        this.biased = biased;
        this.numbers = numbers;
        this.isPlain = numbers == Numbers.FLOAT32
                || !Device.isReference(
                        description(prop_kind.forward_training, device.attributes(), kernelDesc(numbers)));
    }

    @Override
    public long flops() {
        return 2 * rows * in * units;
    }

    @Override
    public @Nullable List<Call> forward(
            prop_kind kind, Slot x, Kernel kernel, @Nullable Slot bias, Slot y, Epilogue epilogue) {
        var description = description(kind, epilogue.appendedTo(device.attributes(), outputDesc(), AXES));
        if (epilogue.reads() && Device.isReference(description)) {
            return null;
        }
        List<Argument> arguments = new ArrayList<>(epilogue.arguments(device, outputDesc(), AXES));
        arguments.add(Argument.source(device.view(inputDesc(), x)));
        arguments.add(Argument.weights(kernel.as(description.weights_desc())));
        arguments.add(Argument.target(device.view(outputDesc(), y)));
        if (bias != null) {
            arguments.add(Argument.bias(device.view(biasDesc(), bias)));
        }
        return List.of(device.call(new inner_product_forward(description), description, arguments));
    }

    @Override
    public List<Call> backwardWeights(Slot x, Slot outputGradient, KernelGradient kernel, @Nullable Slot bias) {
        var description = new inner_product_backward_weights.primitive_desc(
                device.cpu(),
                inputDesc(),
                usedDesc(Numbers.FLOAT32),
                biasDesc(),
                outputDesc(),
                description(prop_kind.forward_training, device.attributes()),
                device.attributes(),
                false);
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.source(device.view(inputDesc(), x)));
        arguments.add(Argument.targetGradient(device.view(outputDesc(), outputGradient)));
        arguments.add(Argument.weightsGradient(kernel.as(description.diff_weights_desc())));
        if (bias != null) {
            arguments.add(Argument.biasGradient(device.view(biasDesc(), bias)));
        }
        return List.of(device.call(new inner_product_backward_weights(description), description, arguments));
    }

    @Override
    public List<Call> backwardData(Kernel kernel, Slot outputGradient, Slot inputGradient) {
        if (numbers != Numbers.FLOAT32) {
            return List.of(backward(kernel, outputGradient, inputGradient));
        }
        return in * units >= LARGE && 2 * rows <= units
                ? turned(kernel, outputGradient, inputGradient)
                : List.of(multiplied(kernel, outputGradient, inputGradient));
    }

    /** As a plain product of matrices, which is faster in Keras's order: it packs pieces of the kernel as it goes. */
    private Call multiplied(Kernel kernel, Slot outputGradient, Slot inputGradient) {
        var description = new matmul.primitive_desc(
                device.cpu(), outputDesc(), kernelDesc(), inputDesc(), device.attributes(), false);
        return device.call(
                new matmul(description),
                description,
                Argument.source(device.view(outputDesc(), outputGradient)),
                Argument.weights(kernel.as(kernelDesc())),
                Argument.target(device.view(inputDesc(), inputGradient)));
    }

    /**
     * As kernel · outputGradientᵀ, turned into its place: a large kernel is then read as it lies, and what is turned is
     * smaller.
     */
    private List<Call> turned(Kernel kernel, Slot outputGradient, Slot inputGradient) {
        desc kernelRows = Device.plain(in, units);
        desc gradientColumns = Device.strided(new long[] {units, rows}, new long[] {1, units});
        desc product = Device.plain(in, rows);
        Slot room = device.arena().floats(in * rows);
        var description = new matmul.primitive_desc(
                device.cpu(), kernelRows, gradientColumns, product, device.attributes(), false);
        Call multiply = device.call(
                new matmul(description),
                description,
                Argument.source(device.view(kernelRows, kernel.plain())),
                Argument.weights(device.view(gradientColumns, outputGradient)),
                Argument.target(device.view(product, room)));
        desc columns = Device.strided(new long[] {rows, in}, new long[] {1, rows});
        return List.of(multiply, Reordering.call(device, columns, room, inputDesc(), inputGradient));
    }

    private Call backward(Kernel kernel, Slot outputGradient, Slot inputGradient) {
        var description = new inner_product_backward_data.primitive_desc(
                device.cpu(),
                inputDesc(),
                usedDesc(numbers),
                outputDesc(),
                description(prop_kind.forward_training, device.attributes()),
                device.attributes(),
                false);
        return device.call(
                new inner_product_backward_data(description),
                description,
                Argument.targetGradient(device.view(outputDesc(), outputGradient)),
                Argument.weights(kernel.as(description.weights_desc())),
                Argument.sourceGradient(device.view(inputDesc(), inputGradient)));
    }

    private inner_product_forward.primitive_desc description(prop_kind kind, primitive_attr attributes) {
        return description(kind, attributes, usedDesc(numbers));
    }

    private inner_product_forward.primitive_desc description(prop_kind kind, primitive_attr attributes, desc kernel) {
        return new inner_product_forward.primitive_desc(
                device.cpu(), kind, inputDesc(), kernel, biasDesc(), outputDesc(), attributes, false);
    }

    /** The axes: out, in. */
    @Override
    public desc kernelDesc() {
        return kernelDesc(Numbers.FLOAT32);
    }

    private desc kernelDesc(Numbers type) {
        return Device.strided(type, new long[] {units, in}, new long[] {1, units});
    }

    /** The kernel as the products read it, or its gradient as they write it. */
    private desc usedDesc(Numbers type) {
        return isPlain ? kernelDesc(type) : Device.any(type, units, in);
    }

    private desc inputDesc() {
        return Device.strided(numbers, new long[] {rows, in}, new long[] {in, 1});
    }

    private desc outputDesc() {
        return Device.strided(numbers, new long[] {rows, units}, new long[] {units, 1});
    }

    private desc biasDesc() {
        return biased ? Device.plain(units) : new desc();
    }
}

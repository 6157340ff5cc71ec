package org.lockstep.examples.bench.primitives;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * The convolutions of one training step in 32-bit floats: forward, backward data but for the first, backward weights; no
 * bias, no activation, no reorder. Each has memory of its own, made when it is: nothing is shared with the next layer.
 */
final class Primitives implements AutoCloseable {

    /** A byte that makes floats of 0.046: not 0, and nothing that grows to infinity. */
    private static final int FILL = 0x3D;

    private record Call(primitive code, IntMemoryMap arguments) {}

    /** An argument of a call: oneDNN's number of it, and how it lies in memory. */
    private record Argument(int number, desc form) {}

    private final PointerScope scope = new PointerScope();
    private final engine cpu = new engine(engine.kind.cpu, 0);
    private final stream queue = new stream(cpu);
    private final primitive_attr attributes = new primitive_attr();
    private final format_tag images;
    private final int batch;
    private final List<Call> calls = new ArrayList<>();

    /**
     * The primitives of these convolutions.
     *
     * @param images the order of images in memory; {@code any} leaves it to each primitive
     */
    Primitives(List<ConvolutionShape> shapes, int batch, format_tag images) {
        this.images = images;
        this.batch = batch;
        for (ConvolutionShape shape : shapes) {
            convolution_forward.primitive_desc forward = forward(shape);
            addForward(forward);
            addBackwardWeights(shape, forward);
            if (!shape.isFirst()) {
                addBackwardData(shape, forward);
            }
        }
        scope.extend();
        scope.close();
    }

    /** Runs all of them once, and waits for the last. */
    void run() {
        for (Call call : calls) {
            call.code().execute(queue, call.arguments());
        }
        queue._wait();
    }

    private convolution_forward.primitive_desc forward(ConvolutionShape shape) {
        return new convolution_forward.primitive_desc(
                cpu,
                prop_kind.forward_training,
                algorithm.convolution_direct,
                images(shape.input()),
                kernel(shape),
                new desc(),
                images(shape.output()),
                shape.strides(),
                shape.gaps(),
                shape.before(),
                shape.after(),
                attributes,
                false);
    }

    private void addForward(convolution_forward.primitive_desc form) {
        add(
                new convolution_forward(form),
                new Argument(dnnl.DNNL_ARG_SRC, form.src_desc()),
                new Argument(dnnl.DNNL_ARG_WEIGHTS, form.weights_desc()),
                new Argument(dnnl.DNNL_ARG_DST, form.dst_desc()));
    }

    private void addBackwardWeights(ConvolutionShape shape, convolution_forward.primitive_desc hint) {
        var form = new convolution_backward_weights.primitive_desc(
                cpu,
                algorithm.convolution_direct,
                images(shape.input()),
                kernel(shape),
                new desc(),
                images(shape.output()),
                shape.strides(),
                shape.gaps(),
                shape.before(),
                shape.after(),
                hint,
                attributes,
                false);
        add(
                new convolution_backward_weights(form),
                new Argument(dnnl.DNNL_ARG_SRC, form.src_desc()),
                new Argument(dnnl.DNNL_ARG_DIFF_DST, form.diff_dst_desc()),
                new Argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, form.diff_weights_desc()));
    }

    private void addBackwardData(ConvolutionShape shape, convolution_forward.primitive_desc hint) {
        var form = new convolution_backward_data.primitive_desc(
                cpu,
                algorithm.convolution_direct,
                images(shape.input()),
                kernel(shape),
                images(shape.output()),
                shape.strides(),
                shape.gaps(),
                shape.before(),
                shape.after(),
                hint,
                attributes,
                false);
        add(
                new convolution_backward_data(form),
                new Argument(dnnl.DNNL_ARG_DIFF_DST, form.diff_dst_desc()),
                new Argument(dnnl.DNNL_ARG_WEIGHTS, form.weights_desc()),
                new Argument(dnnl.DNNL_ARG_DIFF_SRC, form.diff_src_desc()));
    }

    private void add(primitive code, Argument... given) {
        IntMemoryMap arguments = new IntMemoryMap();
        for (Argument one : given) {
            arguments.put(one.number(), filled(one.form()));
        }
        calls.add(new Call(code, arguments));
    }

    private desc images(long[] image) {
        return new desc(new long[] {batch, image[0], image[1], image[2]}, data_type.f32, images);
    }

    private static desc kernel(ConvolutionShape shape) {
        return new desc(shape.kernelDims(), data_type.f32, format_tag.any);
    }

    /** Memory whose pages are there before anything is measured. */
    private memory filled(desc form) {
        memory object = new memory(form, cpu);
        Pointer.memset(object.get_data_handle(), FILL, form.get_size());
        return object;
    }

    @Override
    public void close() {
        scope.close();
    }
}

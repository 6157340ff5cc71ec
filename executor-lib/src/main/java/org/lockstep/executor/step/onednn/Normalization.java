package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/**
 * The primitives of batch normalization along one axis.
 *
 * @param lines the tensor seen from that axis
 * @param kind whether a backward pass follows
 * @param given whether mean and variance are given, and not computed from the batch
 * @param relu whether max(y, 0) is applied to the output
 */
record Normalization(
        Device device,
        prop_kind kind,
        Layout.Lines lines,
        Numbers numbers,
        float epsilon,
        boolean given,
        boolean relu) {

    /** Scale and shift, or their gradients; null where there is none. */
    record Affine(@Nullable Slot scale, @Nullable Slot shift) {}

    /**
     * Of each channel.
     *
     * @param mask where the forward pass notes which outputs the relu let through; null where that is not needed
     */
    record Statistics(Slot mean, Slot variance, @Nullable Slot mask) {}

    /** The same with mean and variance given, or not. */
    Normalization given(boolean value) {
        return new Normalization(device, kind, lines, numbers, epsilon, value, relu);
    }

    Normalization withRelu() {
        return new Normalization(device, kind, lines, numbers, epsilon, given, true);
    }

    /** A place for the relu's mask, or null if there is none. */
    @Nullable
    Slot mask(Affine affine) {
        long bytes = description(affine).workspace_desc().get_size();
        return bytes == 0 ? null : device.arena().bytes(bytes);
    }

    /** Output from input; writes mean and variance unless they are given. */
    Call forward(Slot x, Slot y, Statistics statistics, Affine affine) {
        var description = description(affine);
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.source(device.view(desc(), x)));
        arguments.add(Argument.target(device.view(desc(), y)));
        arguments.addAll(parameters(statistics, affine.scale(), affine.shift(), description.workspace_desc()));
        return device.call(new batch_normalization_forward(description), description, arguments);
    }

    /**
     * Turns the output's gradient into the input's, in place.
     *
     * @param gradients where those of scale and shift go, overwritten
     */
    Call backward(Slot x, Slot gradient, Statistics statistics, Affine affine, Affine gradients) {
        prop_kind pass = flags(affine) == base() ? prop_kind.backward_data : prop_kind.backward;
        var description = new batch_normalization_backward.primitive_desc(
                device.cpu(),
                pass.value,
                desc(),
                desc(),
                desc(),
                epsilon,
                flags(affine),
                description(affine),
                device.attributes(),
                false);
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.source(device.view(desc(), x)));
        arguments.add(Argument.targetGradient(device.view(desc(), gradient)));
        arguments.add(Argument.sourceGradient(device.view(desc(), gradient)));
        arguments.addAll(parameters(statistics, affine.scale(), null, description.workspace_desc()));
        addTo(arguments, dnnl.DNNL_ARG_DIFF_SCALE, gradients.scale());
        addTo(arguments, dnnl.DNNL_ARG_DIFF_SHIFT, gradients.shift());
        return device.call(new batch_normalization_backward(description), description, arguments);
    }

    /** Adds factor · x + summand to a tensor, with both for each channel. */
    Call addition(Slot x, Slot factor, Slot summand, Slot target) {
        desc channel = Device.plain(1, lines.length(), 1, 1);
        post_ops after = new post_ops();
        after.append_sum();
        after.append_binary(algorithm.binary_add, channel);
        primitive_attr attributes = device.attributes();
        attributes.set_post_ops(after);
        var description = new binary.primitive_desc(
                device.cpu(), algorithm.binary_mul, desc(), channel, desc(), attributes, false);
        int second = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * 2 | dnnl.DNNL_ARG_SRC_1;
        return device.call(
                new binary(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC_0, device.view(desc(), x)),
                new Argument(dnnl.DNNL_ARG_SRC_1, device.view(channel, factor)),
                new Argument(second, device.view(channel, summand)),
                Argument.target(device.view(desc(), target)));
    }

    private List<Argument> parameters(
            Statistics statistics, @Nullable Slot scale, @Nullable Slot shift, desc workspace) {
        List<Argument> arguments = new ArrayList<>();
        addTo(arguments, dnnl.DNNL_ARG_MEAN, statistics.mean());
        addTo(arguments, dnnl.DNNL_ARG_VARIANCE, statistics.variance());
        Slot mask = statistics.mask();
        if (mask != null) {
            arguments.add(Argument.workspace(device.view(workspace, mask)));
        }
        addTo(arguments, dnnl.DNNL_ARG_SCALE, scale);
        addTo(arguments, dnnl.DNNL_ARG_SHIFT, shift);
        return arguments;
    }

    private void addTo(List<Argument> arguments, int role, @Nullable Slot slot) {
        if (slot != null) {
            arguments.add(new Argument(role, device.view(Device.plain(lines.length()), slot)));
        }
    }

    private batch_normalization_forward.primitive_desc description(Affine affine) {
        return new batch_normalization_forward.primitive_desc(
                device.cpu(), kind.value, desc(), desc(), epsilon, flags(affine), device.attributes(), false);
    }

    private int flags(Affine affine) {
        int scale = affine.scale() == null ? 0 : normalization_flags.use_scale.value;
        int shift = affine.shift() == null ? 0 : normalization_flags.use_shift.value;
        return base() | scale | shift;
    }

    private int base() {
        int statistics = given ? normalization_flags.use_global_stats.value : normalization_flags.none.value;
        return statistics | (relu ? normalization_flags.fuse_norm_relu.value : normalization_flags.none.value);
    }

    /**
     * As images whose channels are the axis: the kernels know only those. They divide images among threads where these are
     * as many, else channels, which takes twice as long.
     */
    private desc desc() {
        if (lines.inner() == 1) {
            int pixels = lines.outer() / lines.images();
            return new Image(lines.images(), lines.length(), pixels, 1, numbers, lines.blocked()).desc();
        }
        return new desc(new long[] {lines.outer(), lines.length(), lines.inner(), 1}, numbers.type(), format_tag.nchw);
    }
}

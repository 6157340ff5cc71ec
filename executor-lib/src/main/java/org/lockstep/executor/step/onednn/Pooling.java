package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.jspecify.annotations.Nullable;

/** The primitives of one pooling over images (batch, height, width, channels); padding does not count. */
final class Pooling {

    private final Device device;
    private final algorithm kind;
    private final Image input;
    private final Image output;
    private final Geometry window;
    private @Nullable Slot workspace;

    private Pooling(Device device, algorithm kind, Image input, Image output, Geometry window) {
        this.device = device;
        this.kind = kind;
        this.input = input;
        this.output = output;
        this.window = window;
    }

    static Pooling max(Device device, Image input, Image output, Geometry window) {
        return new Pooling(device, algorithm.pooling_max, input, output, window);
    }

    static Pooling average(Device device, Image input, Image output, Geometry window) {
        return new Pooling(device, algorithm.pooling_avg_exclude_padding, input, output, window);
    }

    /** Output from input; for training also what {@link #backward}, made after this, reads. */
    Call forward(prop_kind kind, Slot x, Slot y) {
        var description = description(kind);
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.source(device.view(input.desc(), x)));
        arguments.add(Argument.target(device.view(output.desc(), y)));
        desc needed = description.workspace_desc();
        if (needed.get_size() > 0) {
            Slot slot = device.arena().bytes(needed.get_size());
            workspace = slot;
            arguments.add(Argument.workspace(device.view(needed, slot)));
        }
        return device.call(new pooling_forward(description), description, arguments);
    }

    /** Gradient of the input, overwritten, from the output's. */
    Call backward(Slot outputGradient, Slot inputGradient) {
        var description = new pooling_backward.primitive_desc(
                device.cpu(),
                this.kind,
                input.desc(),
                output.desc(),
                window.strides(),
                window.size(),
                window.gaps(),
                window.before(),
                window.after(),
                description(prop_kind.forward_training),
                device.attributes(),
                false);
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.targetGradient(device.view(output.desc(), outputGradient)));
        arguments.add(Argument.sourceGradient(device.view(input.desc(), inputGradient)));
        if (workspace != null) {
            arguments.add(Argument.workspace(device.view(description.workspace_desc(), workspace)));
        }
        return device.call(new pooling_backward(description), description, arguments);
    }

    private pooling_forward.primitive_desc description(prop_kind kind) {
        return new pooling_forward.primitive_desc(
                device.cpu(),
                kind,
                this.kind,
                input.desc(),
                output.desc(),
                window.strides(),
                window.size(),
                window.gaps(),
                window.before(),
                window.after(),
                device.attributes(),
                false);
    }
}

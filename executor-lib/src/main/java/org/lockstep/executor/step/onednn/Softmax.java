package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;

/** The primitives of softmax or its logarithm along one axis. */
record Softmax(Device device, algorithm kind, desc form, int axis) {

    Call forward(Slot x, Slot y) {
        var description = description();
        return device.call(
                new softmax_forward(description),
                description,
                Argument.source(device.view(form, x)),
                Argument.target(device.view(form, y)));
    }

    /** Turns the output's gradient into the input's, in place. */
    Call backward(Slot y, Slot gradient) {
        var description = new softmax_backward.primitive_desc(
                device.cpu(), kind, form, form, form, axis, description(), device.attributes(), false);
        return device.call(
                new softmax_backward(description),
                description,
                Argument.target(device.view(form, y)),
                Argument.targetGradient(device.view(form, gradient)),
                Argument.sourceGradient(device.view(form, gradient)));
    }

    private softmax_forward.primitive_desc description() {
        return new softmax_forward.primitive_desc(
                device.cpu(), prop_kind.forward_training, kind, form, form, axis, device.attributes(), false);
    }
}

package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.reorder;

/** Copies of tensors into another order. */
final class Reordering {

    private Reordering() {}

    static Call call(Device device, desc from, Slot source, desc to, Slot target) {
        var description = new reorder.primitive_desc(device.cpu(), from, device.cpu(), to, device.attributes(), false);
        return device.call(
                new reorder(description),
                description,
                Argument.source(device.view(from, source)),
                Argument.target(device.view(to, target)));
    }
}

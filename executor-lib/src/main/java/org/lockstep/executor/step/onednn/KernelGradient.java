package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;

/** A kernel's gradient in the flat gradient vector, written by a primitive in the order that it likes. */
final class KernelGradient {

    private final Device device;
    private final desc form;
    private final Slot slot;
    private @Nullable Call reorder;

    /** @param form Keras's order in oneDNN's terms */
    KernelGradient(Device device, desc form, Slot slot) {
        this.device = device;
        this.form = form;
        this.slot = slot;
    }

    /** Where a primitive that wants this order writes. */
    memory as(desc wanted) {
        if (wanted.equals(form)) {
            return device.view(form, slot);
        }
        Slot copy = device.arena().bytes(wanted.get_size());
        reorder = Reordering.call(device, wanted, copy, form, slot);
        return device.view(wanted, copy);
    }

    /** What brings that into the gradient vector. */
    List<Call> reorders() {
        return reorder == null ? List.of() : List.of(reorder);
    }
}

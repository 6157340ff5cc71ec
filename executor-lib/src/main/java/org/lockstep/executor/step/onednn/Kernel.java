package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.desc;

/** A kernel in the flat weight vector, with copies in the orders that primitives want. */
final class Kernel {

    private record Copy(desc form, Slot slot) {}

    private final Device device;
    private final desc form;
    private final List<Copy> copies = new ArrayList<>();
    private final List<Call> reorders = new ArrayList<>();

    /** @param form Keras's order in oneDNN's terms */
    Kernel(Device device, desc form, Slot slot) {
        this.device = device;
        this.form = form;
        copies.add(new Copy(form, slot));
    }

    /** Where the kernel lies in Keras's order. */
    Slot plain() {
        return copies.get(0).slot();
    }

    /** The kernel in the wanted order, up to date after {@link #takeReorders} have run. */
    memory as(desc wanted) {
        for (Copy copy : copies) {
            if (wanted.equals(copy.form())) {
                return device.view(wanted, copy.slot());
            }
        }
        Copy copy = new Copy(wanted, device.arena().bytes(wanted.get_size()));
        reorders.add(Reordering.call(device, form, plain(), wanted, copy.slot()));
        copies.add(copy);
        return device.view(wanted, copy.slot());
    }

    /** What brings the copies made since the last call up to date with the weight vector. */
    List<Call> takeReorders() {
        List<Call> taken = List.copyOf(reorders);
        reorders.clear();
        return taken;
    }
}

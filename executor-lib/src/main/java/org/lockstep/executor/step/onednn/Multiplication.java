package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.desc;

/** Element by element multiplication; axes of length 1 of the factor are repeated. */
final class Multiplication {

    private Multiplication() {}

    /** y = x · factor; x and y may be the same slot. */
    static Call call(Device device, desc form, Slot x, desc factorForm, Slot factor, Slot y) {
        var description = new binary.primitive_desc(
                device.cpu(), algorithm.binary_mul, form, factorForm, form, device.attributes(), false);
        return device.call(
                new binary(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC_0, device.view(form, x)),
                new Argument(dnnl.DNNL_ARG_SRC_1, device.view(factorForm, factor)),
                Argument.target(device.view(form, y)));
    }
}

package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.primitive_attr;

/** target −= factor · vector, for vectors of one length. */
final class Subtraction implements AutoCloseable {

    private final Device device = new Device();
    private final Slot target;
    private final Slot vector;
    private final Slot factor;
    private final Call call;

    Subtraction(int length) {
        desc form = Device.plain(length);
        target = Slot.ofFloats(length);
        vector = Slot.ofFloats(length);
        factor = device.arena().floats(1);
        primitive_attr attributes = device.attributes();
        attributes.set_scales_mask(dnnl.DNNL_ARG_SRC_1, 0);
        var description =
                new binary.primitive_desc(device.cpu(), algorithm.binary_sub, form, form, form, attributes, false);
        call = device.call(
                new binary(description),
                description,
                new Argument(dnnl.DNNL_ARG_SRC_0, device.view(form, target)),
                new Argument(dnnl.DNNL_ARG_SRC_1, device.view(form, vector)),
                new Argument(dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_SRC_1, device.view(Device.plain(1), factor)),
                Argument.target(device.view(form, target)));
        Lifetimes lifetimes = Lifetimes.of(List.of(), true);
        lifetimes.always(factor);
        device.seal(lifetimes);
    }

    void run(FloatBuffer of, float times, FloatBuffer what) {
        target.place(Slot.addressOf(of));
        vector.place(Slot.addressOf(what));
        factor.floats().put(0, times);
        call.run();
    }

    @Override
    public void close() {
        device.close();
    }
}

package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.reduction;

/** The sums of a matrix's rows, which are not finite where a number in them is not. */
final class RowSums implements AutoCloseable {

    private final Device device = new Device();
    private final Slot matrix;
    private final Slot sums;
    private final Call call;

    RowSums(int rows, int columns) {
        desc form = Device.plain(rows, columns);
        desc sum = Device.plain(rows, 1);
        matrix = Slot.ofFloats((long) rows * columns);
        sums = device.arena().floats(rows);
        var description = new reduction.primitive_desc(
                device.cpu(), algorithm.reduction_sum, form, sum, 0, 0, device.attributes(), false);
        call = device.call(
                new reduction(description),
                description,
                Argument.source(device.view(form, matrix)),
                Argument.target(device.view(sum, sums)));
        Lifetimes lifetimes = Lifetimes.of(List.of(), true);
        lifetimes.always(sums);
        device.seal(lifetimes);
    }

    boolean areFinite(FloatBuffer of) {
        matrix.place(Slot.addressOf(of));
        call.run();
        for (int i = 0; i < sums.floats().limit(); i++) {
            if (!Float.isFinite(sums.floats().get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        device.close();
    }
}

package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.reduction;
import org.lockstep.executor.vector.VectorMath.Terms;

/** The sums of a matrix's rows, which are not finite where a number in them is not. */
final class RowSums implements AutoCloseable {

    private final Device device = new Device();
    private final Slot matrix;
    private final Slot added;
    private final Slot sums;
    private final List<Call> calls = new ArrayList<>();

    RowSums(Terms terms, int rows, int columns) {
        desc form = Device.plain(rows, columns);
        matrix = Slot.ofFloats((long) rows * columns);
        sums = device.arena().floats(rows);
        added = terms == Terms.NUMBERS ? matrix : Slot.ofFloats((long) rows * columns);
        if (terms == Terms.SQUARES) {
            calls.add(new Chain(device, form, matrix)
                    .then(algorithm.binary_mul, matrix)
                    .into(added));
        } else if (terms == Terms.MAGNITUDES) {
            magnitude(form);
        }
        sum(form, rows);
        Lifetimes lifetimes = Lifetimes.of(List.of(), true);
        lifetimes.always(sums);
        device.seal(lifetimes);
    }

    private void magnitude(desc form) {
        var description = new eltwise_forward.primitive_desc(
                device.cpu(),
                prop_kind.forward_inference,
                algorithm.eltwise_abs,
                form,
                form,
                0,
                0,
                device.attributes(),
                false);
        calls.add(device.call(
                new eltwise_forward(description),
                description,
                Argument.source(device.view(form, matrix)),
                Argument.target(device.view(form, added))));
    }

    private void sum(desc form, int rows) {
        desc sum = Device.plain(rows, 1);
        var description = new reduction.primitive_desc(
                device.cpu(), algorithm.reduction_sum, form, sum, 0, 0, device.attributes(), false);
        calls.add(device.call(
                new reduction(description),
                description,
                Argument.source(device.view(form, added)),
                Argument.target(device.view(sum, sums))));
    }

    /**
     * The sums of this matrix, until they are asked for again.
     *
     * @param room for as many numbers, where they are not added as they are
     */
    FloatBuffer of(FloatBuffer numbers, FloatBuffer room) {
        if (added != matrix) {
            added.place(Slot.addressOf(room));
        }
        matrix.place(Slot.addressOf(numbers));
        calls.forEach(Call::run);
        return sums.floats();
    }

    @Override
    public void close() {
        device.close();
    }
}

package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.lockstep.executor.Descent;

/** Steps down a gradient, of one form and for vectors of one length: a binary operation and others on its result. */
final class Descending implements AutoCloseable {

    private final Device device = new Device();
    private final DescentForm form;
    private final desc vector;
    private final Slot weights;
    private final Slot sums;
    private final List<Slot> factors = new ArrayList<>();
    private final primitive_attr attributes = device.attributes();
    private final post_ops after = new post_ops();
    private final List<Argument> arguments = new ArrayList<>();
    private final Call call;

    Descending(DescentForm form, int length) {
        this.form = form;
        vector = Device.plain(length);
        weights = Slot.ofFloats(length);
        sums = Slot.ofFloats(length);
        call = switch (form) {
            case PLAIN, DIVIDED -> {
                argument(dnnl.DNNL_ARG_SRC_0, vector, sums);
                factor(dnnl.DNNL_ARG_SRC_1);
                boolean divides = form == DescentForm.DIVIDED;
                yield call(divides ? algorithm.binary_div : algorithm.binary_mul, Device.plain(1));
            }
            case MULTIPLES -> {
                scaled(dnnl.DNNL_ARG_SRC_0, sums);
                scaled(dnnl.DNNL_ARG_SRC_1, weights);
                yield call(algorithm.binary_add, vector);
            }
            case SIGNS -> {
                argument(dnnl.DNNL_ARG_SRC_0, vector, weights);
                factor(dnnl.DNNL_ARG_SRC_1);
                multiply();
                after.append_eltwise(algorithm.eltwise_clip, -1, 1);
                multiply();
                argument(second(), vector, sums);
                after.append_binary(algorithm.binary_add, vector);
                multiply();
                yield call(algorithm.binary_mul, Device.plain(1));
            }
        };
        Lifetimes lifetimes = Lifetimes.of(List.of(), true);
        factors.forEach(lifetimes::always);
        device.seal(lifetimes);
    }

    private void argument(int role, desc shape, Slot slot) {
        arguments.add(new Argument(role, device.view(shape, slot)));
    }

    /** The next of the form's factors. */
    private void factor(int role) {
        Slot factor = device.arena().floats(1);
        factors.add(factor);
        argument(role, Device.plain(1), factor);
    }

    private void scaled(int role, Slot slot) {
        argument(role, vector, slot);
        attributes.set_scales_mask(role, 0);
        factor(dnnl.DNNL_ARG_ATTR_SCALES | role);
    }

    private void multiply() {
        factor(second());
        after.append_binary(algorithm.binary_mul, Device.plain(1));
    }

    /** The role of the second operand of the operation that comes next. */
    private int second() {
        return Epilogue.role(after.len());
    }

    /** What all end with: times −rate, plus the weights. */
    private Call call(algorithm first, desc second) {
        multiply();
        after.append_sum();
        attributes.set_post_ops(after);
        arguments.add(Argument.target(device.view(vector, weights)));
        var description = new binary.primitive_desc(device.cpu(), first, vector, second, vector, attributes, false);
        return device.call(new binary(description), description, arguments);
    }

    void run(FloatBuffer of, FloatBuffer down, Descent step) {
        weights.place(Slot.addressOf(of));
        sums.place(Slot.addressOf(down));
        float[] values = form.factors(step);
        for (int i = 0; i < values.length; i++) {
            factors.get(i).floats().put(0, values[i]);
        }
        call.run();
    }

    @Override
    public void close() {
        device.close();
    }
}

package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/**
 * Operations on tensors of one form, one after the other on the result so far, in one primitive: a binary one, which is a
 * product with 1 where the first is not binary, and others after it.
 */
final class Chain {

    private final Device device;
    private final desc form;
    private final primitive_attr attributes;
    private final post_ops after = new post_ops();
    private final List<Argument> arguments = new ArrayList<>();
    private @Nullable algorithm main;
    /** Of a tensor of one number. */
    private final desc one = Device.plain(1);

    private desc second = one;

    /** @param form of all tensors */
    Chain(Device device, desc form, Slot first) {
        this.device = device;
        this.form = form;
        this.attributes = device.attributes();
        arguments.add(new Argument(dnnl.DNNL_ARG_SRC_0, device.view(form, first)));
    }

    /** Multiplies the first tensor by the number in a place. */
    Chain scaledBy(Slot number) {
        return scaled(dnnl.DNNL_ARG_SRC_0, number);
    }

    /** A function of single numbers. */
    Chain then(algorithm function, double alpha, double beta) {
        main();
        after.append_eltwise(function, (float) alpha, (float) beta);
        return this;
    }

    /** An operation with another tensor. */
    Chain then(algorithm operation, Slot other) {
        return then(operation, form, device.view(form, other));
    }

    /** An operation with a number. */
    Chain then(algorithm operation, double number) {
        return then(operation, one, device.number((float) number));
    }

    /** An operation with the number that a place will have. */
    Chain thenNumber(algorithm operation, Slot number) {
        return then(operation, one, device.view(one, number));
    }

    /** An operation with another tensor, multiplied by the number in a place; it must be the first. */
    Chain thenScaled(algorithm operation, Slot other, Slot number) {
        if (main != null) {
            throw new IllegalStateException("Only what stands first takes a factor");
        }
        return then(operation, other).scaled(dnnl.DNNL_ARG_SRC_1, number);
    }

    /** Whether there is an operation. */
    boolean hasBegun() {
        return main != null;
    }

    /** Adds what the target has; it must not be the first. */
    Chain thenPlusTarget() {
        main();
        after.append_sum();
        return this;
    }

    private Chain scaled(int role, Slot number) {
        attributes.set_scales_mask(role, 0);
        arguments.add(new Argument(dnnl.DNNL_ARG_ATTR_SCALES | role, device.view(one, number)));
        return this;
    }

    private Chain then(algorithm operation, desc operand, memory other) {
        if (main == null) {
            main = operation;
            second = operand;
            arguments.add(new Argument(dnnl.DNNL_ARG_SRC_1, other));
        } else {
            arguments.add(new Argument(Epilogue.role(after.len()), other));
            after.append_binary(operation, operand);
        }
        return this;
    }

    /** The binary operation that stands first. */
    private algorithm main() {
        algorithm given = main;
        if (given != null) {
            return given;
        }
        then(algorithm.binary_mul, 1);
        return algorithm.binary_mul;
    }

    /** The primitive; the target may be the first tensor. */
    Call into(Slot target) {
        algorithm operation = main();
        attributes.set_post_ops(after);
        arguments.add(Argument.target(device.view(form, target)));
        var description = new binary.primitive_desc(device.cpu(), operation, form, second, form, attributes, false);
        return device.call(new binary(description), description, arguments);
    }
}

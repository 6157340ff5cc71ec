package org.lockstep.executor.step.onednn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Operation;
import org.lockstep.executor.vector.Operator;

/**
 * Operations on a vector in one primitive: a binary one with others after it. Vectors times a number can only stand first,
 * there with a number that the first vector is multiplied by.
 */
final class VectorPrimitive {

    /** Where operands are. */
    record Places(Device device, int length, Function<Operand, Slot> vectors, Supplier<Slot> numbers) {}

    private final Places places;
    private final Device device;
    private final desc vector;
    private final Slot first;
    private final Slot one;
    private final List<Operation> operations = new ArrayList<>();
    private final primitive_attr attributes;
    private final post_ops after = new post_ops();
    private final List<Argument> arguments = new ArrayList<>();

    VectorPrimitive(Places places, Slot first, Slot one) {
        this.places = places;
        this.device = places.device();
        this.vector = Device.plain(places.length());
        this.first = first;
        this.one = one;
        this.attributes = device.attributes();
    }

    boolean takes(Operation next) {
        return !next.isScaled()
                || operations.isEmpty()
                || (operations.size() == 1 && operations.get(0).isProduct());
    }

    void add(Operation operation) {
        operations.add(operation);
    }

    Call into(Slot target) {
        argument(dnnl.DNNL_ARG_SRC_0, vector, first);
        Deque<Operation> left = new ArrayDeque<>(operations);
        if (operations.size() > 1 && operations.get(1).isScaled()) {
            left.remove();
            scale(dnnl.DNNL_ARG_SRC_0);
        }
        Operation main = !left.isEmpty() && left.element().isBinary() ? left.remove() : null;
        desc second = main == null ? Device.plain(1) : form(main);
        argument(dnnl.DNNL_ARG_SRC_1, second, main == null ? one : place(main));
        if (main != null && main.isScaled()) {
            scale(dnnl.DNNL_ARG_SRC_1);
        }
        while (!left.isEmpty()) {
            append(left.remove(), left.isEmpty() ? target : null);
        }
        attributes.set_post_ops(after);
        argument(dnnl.DNNL_ARG_DST, vector, target);
        algorithm code = main == null ? algorithm.binary_mul : code(main.operator());
        var description = new binary.primitive_desc(device.cpu(), code, vector, second, vector, attributes, false);
        return device.call(new binary(description), description, arguments);
    }

    /** Appends an operation, which adds what the target has where that is written next. */
    private void append(Operation operation, @Nullable Slot target) {
        if (operation.operator() == Operator.ROOT) {
            after.append_eltwise(algorithm.eltwise_sqrt, 0, 0);
            return;
        }
        if (operation.operator() == Operator.CLIP) {
            after.append_eltwise(algorithm.eltwise_clip, -operation.number(), operation.number());
            return;
        }
        Slot place = place(operation);
        if (operation.operator() == Operator.PLUS && place == target) {
            after.append_sum();
        } else {
            argument(Epilogue.role(after.len()), form(operation), place);
            after.append_binary(code(operation.operator()), form(operation));
        }
    }

    private desc form(Operation operation) {
        return operation.vector() == null ? Device.plain(1) : vector;
    }

    private Slot place(Operation operation) {
        Operand other = operation.vector();
        return other == null ? places.numbers().get() : places.vectors().apply(other);
    }

    private void argument(int role, desc form, Slot slot) {
        arguments.add(new Argument(role, device.view(form, slot)));
    }

    private void scale(int role) {
        attributes.set_scales_mask(role, 0);
        argument(
                dnnl.DNNL_ARG_ATTR_SCALES | role,
                Device.plain(1),
                places.numbers().get());
    }

    private static algorithm code(Operator operator) {
        return switch (operator) {
            case PLUS -> algorithm.binary_add;
            case MINUS -> algorithm.binary_sub;
            case TIMES -> algorithm.binary_mul;
            case OVER -> algorithm.binary_div;
            case MAX -> algorithm.binary_max;
            case ROOT, CLIP -> throw new IllegalArgumentException("has one operand: " + operator);
        };
    }
}

package org.lockstep.executor.step.onednn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Operation;
import org.lockstep.executor.vector.Operator;

/**
 * Operations on a vector in one primitive. Vectors times a number can only stand first, there with a number that the first
 * vector is multiplied by.
 */
final class VectorPrimitive {

    /** Where operands are. */
    record Places(Device device, int length, Function<Operand, Slot> vectors, Supplier<Slot> numbers) {}

    private final Places places;
    private final Slot first;
    private final List<Operation> operations = new ArrayList<>();

    VectorPrimitive(Places places, Slot first) {
        this.places = places;
        this.first = first;
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
        Chain chain = new Chain(places.device(), Device.plain(places.length()), first);
        Deque<Operation> left = new ArrayDeque<>(operations);
        if (operations.size() > 1 && operations.get(1).isScaled()) {
            left.remove();
            chain.scaledBy(places.numbers().get());
        }
        while (!left.isEmpty()) {
            append(chain, left.remove(), left.isEmpty() ? target : null);
        }
        return chain.into(target);
    }

    /** @param target what is written next; null if that is not what comes next */
    private void append(Chain chain, Operation operation, @Nullable Slot target) {
        Operator operator = operation.operator();
        if (operator == Operator.ROOT) {
            chain.then(algorithm.eltwise_sqrt, 0, 0);
        } else if (operator == Operator.ABS) {
            chain.then(algorithm.eltwise_abs, 0, 0);
        } else if (operator == Operator.CLIP) {
            chain.then(algorithm.eltwise_clip, -operation.number(), operation.number());
        } else if (operation.vector() == null) {
            chain.thenNumber(code(operator), places.numbers().get());
        } else {
            Slot vector = places.vectors().apply(operation.vector());
            if (operation.isScaled()) {
                chain.thenScaled(code(operator), vector, places.numbers().get());
            } else if (operator == Operator.PLUS && vector == target && chain.hasBegun()) {
                chain.thenPlusTarget();
            } else {
                chain.then(code(operator), vector);
            }
        }
    }

    private static algorithm code(Operator operator) {
        return switch (operator) {
            case PLUS -> algorithm.binary_add;
            case MINUS -> algorithm.binary_sub;
            case TIMES -> algorithm.binary_mul;
            case OVER -> algorithm.binary_div;
            case MAX -> algorithm.binary_max;
            case ROOT, ABS, CLIP -> throw new IllegalArgumentException("has one operand: " + operator);
        };
    }
}

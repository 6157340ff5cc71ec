package org.lockstep.executor.vector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pass over vectors: each number of the first goes through operations, one after the other, and what becomes of it is the
 * target's.
 */
public record Pass(Operand first, List<Operation> operations, Operand target) {

    public Pass {
        operations = List.copyOf(operations);
    }

    /** A pass that begins with this vector's numbers. */
    public static Draft from(Operand first) {
        return new Draft(first);
    }

    /** A pass that lacks its target. */
    public static final class Draft {

        /** Twice this factor brings even the smallest number above 1. */
        private static final float LARGE = 0x1p126f;

        private final Operand first;
        private final List<Operation> operations = new ArrayList<>();

        private Draft(Operand first) {
            this.first = first;
        }

        public Draft plus(Operand vector) {
            return plus(vector, 1);
        }

        /** Adds a vector times a number. */
        public Draft plus(Operand vector, float factor) {
            return next(Operator.PLUS, vector, factor);
        }

        public Draft plus(float number) {
            return next(Operator.PLUS, null, number);
        }

        public Draft minus(Operand vector) {
            return next(Operator.MINUS, vector, 1);
        }

        public Draft times(Operand vector) {
            return next(Operator.TIMES, vector, 1);
        }

        public Draft times(float number) {
            return next(Operator.TIMES, null, number);
        }

        public Draft over(Operand vector) {
            return next(Operator.OVER, vector, 1);
        }

        public Draft over(float number) {
            return next(Operator.OVER, null, number);
        }

        public Draft max(Operand vector) {
            return next(Operator.MAX, vector, 1);
        }

        public Draft root() {
            return next(Operator.ROOT, null, 0);
        }

        /** Makes 1, −1 or 0 of numbers, by their signs: without a branch. */
        public Draft sign() {
            return times(LARGE).times(LARGE).clip(1);
        }

        /** Takes the signs away. */
        public Draft abs() {
            return next(Operator.ABS, null, 0);
        }

        /** Cuts off at a bound and at its negative. */
        public Draft clip(float bound) {
            return next(Operator.CLIP, null, bound);
        }

        private Draft next(Operator operator, @Nullable Operand vector, float number) {
            operations.add(new Operation(operator, vector, number));
            return this;
        }

        public Pass into(Operand target) {
            return new Pass(first, operations, target);
        }
    }

    /**
     * Both in one pass, without the vector between them.
     *
     * @param next begins with this pass's target and reads it nowhere else
     */
    public Pass and(Pass next) {
        if (next.first != target || next.isOperand(target)) {
            throw new IllegalArgumentException("Cannot join %s and %s: the second must read %s first, and only there"
                    .formatted(this, next, target));
        }
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(next.operations);
        return new Pass(first, all, next.target);
    }

    private boolean isOperand(Operand vector) {
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i).vector() == vector) {
                return true;
            }
        }
        return false;
    }

    /**
     * This pass with a multiple of a vector in the place of another one that it only reads.
     *
     * @param factor a power of two: products with it are exact, but for subnormal ones
     */
    public Pass with(Operand replaced, Operand vector, float factor) {
        List<Operation> all = new ArrayList<>(operations);
        if (first == replaced) {
            boolean isProduct = !all.isEmpty() && all.get(0).isProduct();
            float number = isProduct ? all.remove(0).number() : 1;
            all.add(0, new Operation(Operator.TIMES, null, number * factor));
        }
        all.replaceAll(operation -> operation.vector() == replaced
                ? new Operation(operation.operator(), vector, operation.number() * factor)
                : operation);
        return new Pass(first == replaced ? vector : first, all, target);
    }

    /** The pass, whatever its numbers: equal for passes that differ in them alone. */
    public Pass form() {
        return new Pass(first, operations.stream().map(Operation::form).toList(), target);
    }
}

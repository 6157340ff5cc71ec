package org.lockstep.executor.vector;

import org.jspecify.annotations.Nullable;

/**
 * One rounded operation of a pass.
 *
 * @param vector the second operand; null for a number or none
 * @param number the second operand, where there is no vector; with one, the factor that its numbers are multiplied by first,
 *     1 for none
 */
public record Operation(Operator operator, @Nullable Operand vector, float number) {

    /** Whether the second operand is a vector times a number. */
    public boolean isScaled() {
        return vector != null && number != 1;
    }

    /** Whether there is a second operand. */
    public boolean isBinary() {
        return operator.isBinary();
    }

    /** Whether the second operand is a number, which may change from step to step. */
    public boolean hasNumber() {
        return vector == null && isBinary();
    }

    /** Whether it only multiplies by a number. */
    public boolean isProduct() {
        return operator == Operator.TIMES && hasNumber();
    }

    /** This operation, whatever its number. */
    Operation form() {
        return hasNumber() ? new Operation(operator, null, 0) : isScaled() ? new Operation(operator, vector, 0) : this;
    }
}

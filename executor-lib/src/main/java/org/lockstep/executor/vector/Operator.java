package org.lockstep.executor.vector;

/** What a pass does to each number. */
public enum Operator {
    PLUS,
    MINUS,
    TIMES,
    OVER,
    /** The larger of both. */
    MAX,
    /** The square root. */
    ROOT,
    /** Without its sign. */
    ABS,
    /** Cut off at a bound and at its negative. */
    CLIP;

    /** Whether there is a second operand. */
    boolean isBinary() {
        return this != ROOT && this != ABS && this != CLIP;
    }
}

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
    /** Cut off at a bound and at its negative. */
    CLIP
}

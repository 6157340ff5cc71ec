package org.lockstep.executor.vector;

import java.util.List;

/** The vectors that an update's passes read and write. */
public enum Operand {
    /** The gradient's sums over a step's samples. */
    SUMS,
    /** Sums over other samples, to be added to them. */
    OTHERS,
    /** The gradient of a penalty that needs whole variables. */
    PENALTY,
    WEIGHTS,
    /** The optimizer's slots, in its order. */
    SLOT_1,
    SLOT_2,
    SLOT_3,
    /** The averaged gradient: of no worth before the update and after. */
    GRADIENT,
    /** Room between two passes. */
    SCRATCH;

    private static final List<Operand> SLOTS = List.of(SLOT_1, SLOT_2, SLOT_3);

    /** An optimizer's slot, from 0. */
    public static Operand slot(int index) {
        return SLOTS.get(index);
    }

    public boolean isSlot() {
        return SLOTS.contains(this);
    }
}

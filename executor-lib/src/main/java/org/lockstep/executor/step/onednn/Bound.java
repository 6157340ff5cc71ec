package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Slots in a flat vector that the caller brings with every run. */
final class Bound {

    private record Part(Slot slot, long offset) {}

    private final String what;
    private final int length;
    private final List<Part> parts = new ArrayList<>();

    Bound(String what, int length) {
        this.what = what;
        this.length = length;
    }

    Slot slot(int offset, int size) {
        Slot slot = Slot.ofFloats(size);
        parts.add(new Part(slot, (long) offset * Float.BYTES));
        return slot;
    }

    /** Where the last of the slots ends that are such; 0 where none is. */
    int end(Predicate<Slot> isSuch) {
        long end = 0;
        for (Part part : parts) {
            if (isSuch.test(part.slot())) {
                end = Math.max(end, part.offset() + part.slot().bytes());
            }
        }
        return Math.toIntExact(end / Float.BYTES);
    }

    /** Places the slots in this vector. */
    void bind(FloatBuffer vector) {
        if (!vector.isDirect() || vector.remaining() < length) {
            throw new IllegalArgumentException(
                    "Invalid `%s`: must be a direct buffer of %d floats. Received: %s".formatted(what, length, vector));
        }
        long address = Slot.addressOf(vector);
        for (Part part : parts) {
            part.slot().place(address + part.offset());
        }
    }
}

package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * The memory of one program, laid out when all of it is known: places that are never needed at the same time share it.
 *
 * <p>The largest places come first, each at the lowest address that none needed at the same time has: the usual greedy
 * way with offsets, "greedy by size" in Pisarchyk and Lee, Efficient Memory Management for Deep Neural Net Inference
 * (2020).
 */
final class Arena {

    private static final long ALIGNMENT = 64;

    private record Placed(Slot slot, long offset, long end) {}

    private final List<Slot> slots = new ArrayList<>();
    private long total;
    private long unshared;

    /** A new place for so many 32-bit floats. */
    Slot floats(long floats) {
        return bytes(floats * Float.BYTES);
    }

    /** A new place. */
    Slot bytes(long bytes) {
        Slot slot = new Slot(bytes);
        slots.add(slot);
        return slot;
    }

    /** Bytes of all places together, once they are placed. */
    long total() {
        return total;
    }

    /** Bytes that they would take if none shared memory. */
    long unshared() {
        return unshared;
    }

    /** Allocates and places the slots that are used. */
    void place(Device device, Lifetimes lifetimes) {
        List<Slot> used = slots.stream()
                .filter(lifetimes::isUsed)
                .sorted(Comparator.comparingLong(Slot::bytes).reversed())
                .toList();
        List<Placed> placed = new ArrayList<>();
        for (Slot slot : used) {
            long offset = lowest(slot, placed, lifetimes);
            long end = offset + aligned(slot.bytes());
            placed.add(new Placed(slot, offset, end));
            total = Math.max(total, end);
            unshared += aligned(slot.bytes());
        }
        memory block = device.allocate(total + ALIGNMENT);
        long start = aligned(block.get_data_handle().address());
        placed.forEach(place -> place.slot().place(start + place.offset()));
    }

    private static long lowest(Slot slot, List<Placed> placed, Lifetimes lifetimes) {
        List<Placed> rivals = placed.stream()
                .filter(other -> lifetimes.meet(slot, other.slot()))
                .sorted(Comparator.comparingLong(Placed::offset))
                .toList();
        long offset = 0;
        for (Placed rival : rivals) {
            if (offset + aligned(slot.bytes()) <= rival.offset()) {
                break;
            }
            offset = Math.max(offset, rival.end());
        }
        return offset;
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}

package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import org.bytedeco.dnnl.memory;

/**
 * The memory of one program, laid out when all of it is known: places that are never needed at the same time share it.
 *
 * <p>The largest places come first, each at the lowest address that none needed at the same time has: the usual greedy
 * way with offsets, "greedy by size" in Pisarchyk and Lee, Efficient Memory Management for Deep Neural Net Inference
 * (2020).
 *
 * <p>Where several threads are at work, only places of one size share memory, as long as these stay in the cache that processors
 * have in common: in tensors of other sizes an image's numbers lie elsewhere, and a thread would write what another
 * processor's cache still holds.
 */
final class Arena {

    private static final long ALIGNMENT = 64;

    /** Bytes that the processors' common cache is taken to hold. */
    private static final long CACHED = 16 << 20;

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

    /**
     * Allocates and places the slots that are used.
     *
     * @param threads that are at work on them
     */
    void place(Device device, Lifetimes lifetimes, int threads) {
        List<Slot> used = slots.stream()
                .filter(lifetimes::isUsed)
                .sorted(Comparator.comparingLong(Slot::bytes).reversed())
                .toList();
        List<Placed> placed = placed(used, lifetimes::meet);
        if (threads > 1) {
            List<Placed> bySize = placed(used, (a, b) -> a.bytes() != b.bytes() || lifetimes.meet(a, b));
            placed = end(bySize) <= CACHED ? bySize : placed;
        }
        total = end(placed);
        unshared = used.stream().mapToLong(slot -> aligned(slot.bytes())).sum();
        memory block = device.allocate(total + ALIGNMENT);
        long start = aligned(block.get_data_handle().address());
        placed.forEach(place -> place.slot().place(start + place.offset()));
    }

    private static List<Placed> placed(List<Slot> used, BiPredicate<Slot, Slot> rivals) {
        List<Placed> placed = new ArrayList<>();
        for (Slot slot : used) {
            long offset = lowest(slot, placed, rivals);
            placed.add(new Placed(slot, offset, offset + aligned(slot.bytes())));
        }
        return placed;
    }

    private static long end(List<Placed> placed) {
        return placed.stream().mapToLong(Placed::end).max().orElse(0);
    }

    private static long lowest(Slot slot, List<Placed> placed, BiPredicate<Slot, Slot> areRivals) {
        List<Placed> rivals = placed.stream()
                .filter(other -> areRivals.test(slot, other.slot()))
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

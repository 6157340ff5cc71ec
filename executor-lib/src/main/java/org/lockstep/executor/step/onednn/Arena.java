package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * The memory of one program, laid out when all of it is known.
 *
 * <p>Kept slots live as long as the program. Of passing slots, each is read only until the next but one is written: they
 * take turns in two lanes.
 */
final class Arena {

    private static final long ALIGNMENT = 64;

    private final List<Slot> kept = new ArrayList<>();
    private final List<List<Slot>> lanes = List.of(new ArrayList<>(), new ArrayList<>());
    private int turn;

    Slot kept(long floats) {
        Slot slot = Slot.ofFloats(floats);
        kept.add(slot);
        return slot;
    }

    Slot keptBytes(long bytes) {
        Slot slot = new Slot(bytes);
        kept.add(slot);
        return slot;
    }

    Slot passing(long floats) {
        Slot slot = Slot.ofFloats(floats);
        lanes.get(turn).add(slot);
        turn = 1 - turn;
        return slot;
    }

    /** Allocates and places all slots. */
    void place(Device device) {
        long total = ALIGNMENT;
        for (Slot slot : kept) {
            total += aligned(slot.bytes());
        }
        for (List<Slot> lane : lanes) {
            total += longest(lane);
        }
        memory block = device.allocate(total);
        long next = aligned(block.get_data_handle().address());
        for (Slot slot : kept) {
            slot.place(next);
            next += aligned(slot.bytes());
        }
        for (List<Slot> lane : lanes) {
            for (Slot slot : lane) {
                slot.place(next);
            }
            next += longest(lane);
        }
    }

    private static long longest(List<Slot> lane) {
        return lane.stream().mapToLong(slot -> aligned(slot.bytes())).max().orElse(0);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}

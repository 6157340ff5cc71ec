package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A place in memory and the oneDNN memory objects that look at it; the place may be given and changed after they are
 * made.
 */
final class Slot {

    /** A pointer to memory that someone else owns. */
    private static final class Address extends FloatPointer {
        Address(long address, long floats) {
            super((Pointer) null);
            this.address = address;
            this.limit = floats;
            this.capacity = floats;
        }
    }

    private final long bytes;
    private final List<memory> views = new ArrayList<>();
    private long address;
    private @Nullable Address place;
    private FloatBuffer floats = FloatBuffer.allocate(0);

    Slot(long bytes) {
        this.bytes = bytes;
    }

    static Slot ofFloats(long floats) {
        return new Slot(floats * Float.BYTES);
    }

    long bytes() {
        return bytes;
    }

    /** Lets a memory object look at this place. */
    memory view(memory object) {
        views.add(object);
        if (address != 0) {
            object.set_data_handle(new Address(address, 0));
        }
        return object;
    }

    void place(long address) {
        if (address == this.address) {
            return;
        }
        this.address = address;
        Address pointer = new Address(address, bytes / Float.BYTES);
        place = pointer;
        for (memory view : views) {
            view.set_data_handle(pointer);
        }
        floats = pointer.asBuffer();
    }

    /** The numbers at this place; valid until it is placed elsewhere. */
    FloatBuffer floats() {
        return floats;
    }

    /** Puts zeros everywhere. */
    void clear() {
        Pointer.memset(place, 0, bytes);
    }

    /** The address of a direct buffer's first remaining number. */
    static long addressOf(FloatBuffer buffer) {
        // Of a buffer whose position is not 0 the pointer would begin elsewhere.
        return new FloatPointer(buffer.slice()).address();
    }
}

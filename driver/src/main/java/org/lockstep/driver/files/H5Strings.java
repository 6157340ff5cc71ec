package org.lockstep.driver.files;

import io.jhdf.BufferBuilder;
import io.jhdf.api.WritableGroup;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts of any length as attributes, which jHDF cannot write: as h5py does, the texts lie in a global heap, and the
 * attributes, which have at most 64 KiB, refer to them.
 */
final class H5Strings {

    /** The library makes, and expects, none that is smaller. */
    private static final int MIN_HEAP_BYTES = 4096;

    /** Of the heap and of each of its objects. */
    private static final int HEADER_BYTES = 16;

    private final long address;
    private final List<byte[]> texts = new ArrayList<>();

    /** @param address of the heap in the file */
    H5Strings(long address) {
        this.address = address;
    }

    /** Adds an attribute. */
    void put(WritableGroup group, String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        texts.add(bytes);
        ByteBuffer reference = new BufferBuilder()
                .writeInt(bytes.length)
                .writeLong(address)
                .writeInt(texts.size())
                .build();
        group.getAttributes().put(name, new RawAttribute(group, name, type(reference.capacity()), reference));
    }

    /** Class 9, variable length; a text, in UTF-8; so many bytes for a reference; in the heap integers of 8 bits. */
    private static ByteBuffer type(int bytes) {
        return new BufferBuilder()
                .writeBytes(new byte[] {0x19, 1, 1, 0})
                .writeInt(bytes)
                .writeBytes(new byte[] {0x10, 0, 0, 0})
                .writeInt(1)
                .writeShort(0)
                .writeShort(Byte.SIZE)
                .build();
    }

    /** The heap; of no bytes where there are no texts. */
    ByteBuffer heap() {
        if (texts.isEmpty()) {
            return ByteBuffer.allocate(0);
        }
        int used = HEADER_BYTES;
        for (byte[] text : texts) {
            used = Math.addExact(used, HEADER_BYTES + padded(text.length));
        }
        int size = Math.max(MIN_HEAP_BYTES, used);
        BufferBuilder heap = new BufferBuilder()
                .writeBytes("GCOL".getBytes(StandardCharsets.US_ASCII))
                .writeByte(1)
                .writeBytes(new byte[3])
                .writeLong(size);
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            heap.writeShort(i + 1).writeShort(0).writeInt(0).writeLong(text.length);
            heap.writeBytes(text).writeBytes(new byte[padded(text.length) - text.length]);
        }
        int free = size - used;
        if (free >= HEADER_BYTES) {
            heap.writeLong(0).writeLong(free);
            free -= HEADER_BYTES;
        }
        return heap.writeBytes(new byte[free]).build();
    }

    private static int padded(int bytes) {
        return (bytes + 7) / 8 * 8;
    }
}

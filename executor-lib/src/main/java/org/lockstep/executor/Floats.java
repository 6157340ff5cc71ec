package org.lockstep.executor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Vectors of floats outside the heap, and as chunks of little-endian bytes. */
public final class Floats {

    static final ByteOrder STORED = ByteOrder.LITTLE_ENDIAN;

    private static final int ALIGNMENT = 64;
    private static final int CHUNK = 1 << 14;

    private Floats() {}

    /** Takes one chunk of bytes. */
    interface Sink<E extends Exception> {
        void accept(byte[] bytes, int offset, int length) throws E;
    }

    /** A direct buffer of zeros in native order, aligned to 64 bytes, for that many floats. */
    public static ByteBuffer direct(int length) {
        if (length > (Integer.MAX_VALUE - 2 * ALIGNMENT) / Float.BYTES) {
            throw new IllegalArgumentException(
                    "Cannot hold a vector of " + length + " floats: it would be larger than 2 GiB");
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(length * Float.BYTES + 2 * ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .slice(0, length * Float.BYTES);
        return bytes.order(ByteOrder.nativeOrder());
    }

    /** A direct buffer of the same bits. */
    static ByteBuffer copy(FloatBuffer values) {
        ByteBuffer copy = direct(values.capacity());
        copy.asFloatBuffer().put(0, values, 0, values.capacity());
        return copy;
    }

    /** Writes the length and all values of a buffer. */
    static void write(DataOutput out, FloatBuffer values) throws IOException {
        out.writeInt(values.capacity());
        Floats.<IOException>forEachChunk(values, out::write);
    }

    /** Fills a buffer with what {@link #write} wrote after the length. */
    static void read(DataInput in, FloatBuffer values) throws IOException {
        byte[] bytes = new byte[CHUNK * Float.BYTES];
        FloatBuffer floats = ByteBuffer.wrap(bytes).order(STORED).asFloatBuffer();
        for (int offset = 0; offset < values.capacity(); offset += CHUNK) {
            int count = Math.min(CHUNK, values.capacity() - offset);
            in.readFully(bytes, 0, count * Float.BYTES);
            values.put(offset, floats, 0, count);
        }
    }

    static <E extends Exception> void forEachChunk(FloatBuffer values, Sink<E> sink) throws E {
        byte[] bytes = new byte[CHUNK * Float.BYTES];
        FloatBuffer floats = ByteBuffer.wrap(bytes).order(STORED).asFloatBuffer();
        for (int offset = 0; offset < values.capacity(); offset += CHUNK) {
            int count = Math.min(CHUNK, values.capacity() - offset);
            floats.put(0, values, offset, count);
            sink.accept(bytes, 0, count * Float.BYTES);
        }
    }
}

package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Numbers as the upper 16 bits of a float, rounded to the nearest, ties to even: same exponents, 8 bits of precision. */
final class Bfloat16 {

    private static final int PIECE = 4096;
    private static final int INFINITY = 0x7F80_0000;
    private static final int QUIET = 0x0040;

    private final float[] floats = new float[PIECE];
    private final short[] shorts = new short[PIECE];

    static ByteBuffer room(int numbers) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(numbers, Short.BYTES))
                .order(ByteOrder.nativeOrder());
    }

    /** Rounds these numbers of a vector, to the same places of another. */
    void round(FloatBuffer from, ShortBuffer to, int offset, int length) {
        for (int done = 0; done < length; done += PIECE) {
            int count = Math.min(PIECE, length - done);
            from.get(offset + done, floats, 0, count);
            round(floats, shorts, count);
            to.put(offset + done, shorts, 0, count);
        }
    }

    private static void round(float[] from, short[] to, int count) {
        for (int i = 0; i < count; i++) {
            int bits = Float.floatToRawIntBits(from[i]);
            int rounded = (bits + 0x7FFF + ((bits >>> 16) & 1)) >> 16;
            to[i] = (short) ((bits & 0x7FFF_FFFF) > INFINITY ? (bits >> 16) | QUIET : rounded);
        }
    }

    /** Makes floats of all numbers again. */
    void widen(ShortBuffer from, FloatBuffer to) {
        for (int done = 0; done < from.capacity(); done += PIECE) {
            int count = Math.min(PIECE, from.capacity() - done);
            from.get(done, shorts, 0, count);
            widen(shorts, floats, count);
            to.put(done, floats, 0, count);
        }
    }

    private static void widen(short[] from, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = Float.intBitsToFloat(from[i] << 16);
        }
    }
}

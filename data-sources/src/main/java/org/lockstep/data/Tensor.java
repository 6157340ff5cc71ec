package org.lockstep.data;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A block of 32-bit floats with a shape, in C order on the heap.
 *
 * <p>Pixels may be held as unsigned bytes, a quarter of the memory: the value of byte b is then the float {@code (b & 255)
 * * scale}. It shows in {@link #isBytes} and in speed alone; equality is by values.
 *
 * <p>Immutable by convention only: neither {@link #of}, {@link #ofBytes}, {@link #values} of floats nor {@link #bytes}
 * copies, because batches pass here at full training speed. Whoever hands an array over must not write to it afterwards.
 * Safe to read from several threads.
 */
public final class Tensor implements Serializable {

    private static final long serialVersionUID = 2;

    /** Bytes that are converted at a time: a loop over arrays is faster than one that writes into a buffer. */
    private static final int PIECE = 1024;

    private final int[] shape;
    /** Either these are there or bytes. */
    private final float @Nullable [] floats;

    private final byte @Nullable [] bytes;
    private final float scale;
    /** What {@link #values} made of the bytes; two threads may make it twice. */
    private transient volatile float @Nullable [] converted;

    private Tensor(int[] shape, float @Nullable [] floats, byte @Nullable [] bytes, float scale) {
        this.shape = shape;
        this.floats = floats;
        this.bytes = bytes;
        this.scale = scale;
    }

    /**
     * The tensor of these values; the array is kept, not copied.
     *
     * @throws IllegalArgumentException if the shape does not hold exactly that many values
     */
    public static Tensor of(int[] shape, float... values) {
        check(shape, values.length);
        return new Tensor(shape.clone(), values, null, 1);
    }

    /**
     * The tensor of these unsigned bytes times a scale, such as 1 or 1f / 255; the array is kept, not copied.
     *
     * @throws IllegalArgumentException if the shape does not hold exactly that many values, or the scale is 0 or not finite
     */
    public static Tensor ofBytes(int[] shape, byte[] values, float scale) {
        check(shape, values.length);
        if (!Float.isFinite(scale) || scale == 0) {
            throw new IllegalArgumentException(
                    "Invalid `scale`: must be a finite number other than 0. Received: " + scale);
        }
        return new Tensor(shape.clone(), null, values, scale);
    }

    /** A tensor of zeros. */
    public static Tensor zeros(int... shape) {
        return of(shape, new float[length(shape)]);
    }

    /** A tensor of zeros that holds bytes. */
    public static Tensor zeroBytes(float scale, int... shape) {
        return ofBytes(shape, new byte[length(shape)], scale);
    }

    public int[] shape() {
        return shape.clone();
    }

    /** The number of axes. */
    public int rank() {
        return shape.length;
    }

    /** The length of an axis; -1 is the last axis. */
    public int dimension(int axis) {
        int index = axis < 0 ? axis + shape.length : axis;
        if (index < 0 || index >= shape.length) {
            throw new IllegalArgumentException(
                    "Invalid `axis`: must be in [" + -shape.length + ", " + shape.length + "). Received: " + axis);
        }
        return shape[index];
    }

    /** The number of values. */
    public int size() {
        return floats != null ? floats.length : raw().length;
    }

    /** Whether the values are held as bytes. */
    public boolean isBytes() {
        return bytes != null;
    }

    /**
     * The values in C order: the backing array of floats, not a copy. Where the tensor holds bytes, they are converted when
     * first asked for, and kept with it; {@link #copyTo} needs no such array.
     */
    public float[] values() {
        if (floats != null) {
            return floats;
        }
        float[] values = converted;
        if (values == null) {
            values = new float[size()];
            copyTo(FloatBuffer.wrap(values));
            converted = values;
        }
        return values;
    }

    /**
     * The backing bytes, in C order: not a copy.
     *
     * @throws IllegalStateException if the tensor holds floats
     */
    public byte[] bytes() {
        return raw();
    }

    /** What a byte is multiplied with; 1 where the tensor holds floats. */
    public float scale() {
        return scale;
    }

    /** Writes the values into a buffer, from its index 0 on; the position stays. */
    public void copyTo(FloatBuffer into) {
        if (floats != null) {
            into.put(0, floats);
            return;
        }
        byte[] from = raw();
        float[] piece = new float[Math.min(PIECE, from.length)];
        for (int done = 0; done < from.length; done += PIECE) {
            int length = Math.min(PIECE, from.length - done);
            for (int i = 0; i < length; i++) {
                piece[i] = (from[done + i] & 0xFF) * scale;
            }
            into.put(done, piece, 0, length);
        }
    }

    /** The same values (not copied) under another shape of the same size. */
    public Tensor reshape(int... shape) {
        if (count(shape) != size()) {
            throw new IllegalArgumentException("Cannot reshape " + this + " to " + text(shape) + ": it has " + size()
                    + " values and not " + count(shape));
        }
        return new Tensor(shape.clone(), floats, bytes, scale);
    }

    /** A copy of rows [from, to) of axis 0. */
    public Tensor rows(int from, int to) {
        int rows = dimension(0);
        if (from < 0 || to < from || to > rows) {
            throw new IllegalArgumentException("Invalid rows: must be within [0, " + rows
                    + "] and in order. Received: [" + from + ", " + to + ")");
        }
        int row = rows == 0 ? 0 : size() / rows;
        int[] part = shape.clone();
        part[0] = to - from;
        return floats != null
                ? of(part, Arrays.copyOfRange(floats, from * row, to * row))
                : ofBytes(part, Arrays.copyOfRange(raw(), from * row, to * row), scale);
    }

    /** Equal shapes and equal bits of all values, however they are held: NaN equals NaN, and -0 is not 0. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Tensor tensor) || !Arrays.equals(shape, tensor.shape)) {
            return false;
        }
        boolean alike = bytes != null && tensor.bytes != null && scale == tensor.scale;
        return alike ? Arrays.equals(bytes, tensor.bytes) : Arrays.equals(values(), tensor.values());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values());
    }

    /** The shape alone: {@code Tensor(2, 3)}. */
    @Override
    public String toString() {
        return "Tensor" + text(shape);
    }

    private byte[] raw() {
        if (bytes == null) {
            throw new IllegalStateException("Cannot take the bytes of " + this + ": it holds floats");
        }
        return bytes;
    }

    private static void check(int[] shape, int values) {
        if (count(shape) != values) {
            throw new IllegalArgumentException("Invalid `values`: shape " + text(shape) + " holds " + count(shape)
                    + " values. Received: " + values + " values");
        }
    }

    private static int length(int[] shape) {
        long count = count(shape);
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "Invalid `shape`: a tensor holds fewer than 2^31 values. Received: " + text(shape));
        }
        return (int) count;
    }

    private static long count(int[] shape) {
        long count = 1;
        for (int length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException(
                        "Invalid `shape`: lengths must not be negative. Received: " + text(shape));
            }
            if (length > 0 && count > Long.MAX_VALUE / length) {
                throw new IllegalArgumentException(
                        "Invalid `shape`: a tensor holds fewer than 2^31 values. Received: " + text(shape));
            }
            count *= length;
        }
        return count;
    }

    private static String text(int[] shape) {
        return "(" + Arrays.toString(shape).replaceAll("[\\[\\]]", "") + ")";
    }
}

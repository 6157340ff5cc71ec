package org.lockstep.data.spark;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a decoder makes of one row; its lengths and values are checked when it is written. */
public final class Sample {

    private final float @Nullable [] floats;
    private final byte @Nullable [] bytes;
    private final float[] y;
    private final @Nullable Float weight;

    private Sample(float @Nullable [] floats, byte @Nullable [] bytes, float[] y, @Nullable Float weight) {
        this.floats = floats;
        this.bytes = bytes;
        this.y = y;
        this.weight = weight;
    }

    /** x in C order, and y. */
    public static Sample of(float[] x, float... y) {
        return new Sample(x, null, y, null);
    }

    /** x as unsigned bytes in C order, for a layout of {@link RowLayout#bytes}, and y. */
    public static Sample of(byte[] x, float... y) {
        return new Sample(null, x, y, null);
    }

    /** The same with a weight, for a layout of {@link RowLayout#withWeights}. */
    public Sample weight(float weight) {
        return new Sample(floats, bytes, y, weight);
    }

    float @Nullable [] floats() {
        return floats;
    }

    byte @Nullable [] bytes() {
        return bytes;
    }

    float[] y() {
        return y;
    }

    @Nullable
    Float weight() {
        return weight;
    }

    @Override
    public String toString() {
        int values = floats != null ? floats.length : bytes == null ? 0 : bytes.length;
        return "Sample(" + values + (floats == null ? " bytes, " : " floats, ") + Arrays.toString(y)
                + (weight == null ? ")" : ", weight " + weight + ")");
    }
}

package org.lockstep.data.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shard file's bytes, little-endian: a header that says the layout, then one record for each row, all of one length: y,
 * weight, x; at last a {@link Tail}. Floats are 4 bytes; x may be unsigned bytes. The file's length tells the number of
 * rows.
 *
 * @param names what messages call x, y and the weight
 */
record RecordFormat(RowLayout layout, List<String> names) implements Serializable {

    private static final int MAGIC = 0x5753_4C52;
    private static final int VERSION = 2;

    static RecordFormat of(RowLayout layout) {
        return new RecordFormat(layout, List.of("x", "y", "weight"));
    }

    /** The header: magic number, version, scale, x's and y's dimensions, whether there are weights. */
    ByteBuffer header() {
        ByteBuffer header = buffer(headerLength()).putInt(MAGIC).putInt(VERSION).putFloat(layout.scale());
        for (List<Integer> shape : List.of(layout.xShape(), layout.yShape())) {
            header.putInt(shape.size());
            shape.forEach(header::putInt);
        }
        return header.putInt(layout.weighted() ? 1 : 0).flip();
    }

    int headerLength() {
        return Integer.BYTES * (6 + layout.xShape().size() + layout.yShape().size());
    }

    int recordLength() {
        return xOffset() + layout.xSize() * (layout.isBytes() ? 1 : Float.BYTES);
    }

    /** The first row of each file, and after them the number of all rows. */
    long[] starts(List<WrittenFile> files) {
        long[] starts = new long[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            starts[i + 1] = starts[i] + rows(files.get(i));
        }
        return starts;
    }

    long rows(WrittenFile file) {
        return (file.length() - headerLength() - file.tail().length()) / recordLength();
    }

    int weightOffset() {
        return layout.ySize() * Float.BYTES;
    }

    int xOffset() {
        return weightOffset() + (layout.weighted() ? Float.BYTES : 0);
    }

    /** An empty record. */
    ByteBuffer record() {
        return buffer(recordLength());
    }

    /** Fills a record; refuses wrong lengths and values. */
    void encode(Sample sample, ByteBuffer record) {
        record.clear();
        checkCount(names.get(1), layout.ySize(), sample.y().length);
        for (float value : sample.y()) {
            record.putFloat(label(value));
        }
        Float weight = sample.weight();
        if (layout.weighted()) {
            if (weight == null) {
                throw new BadValueException("`" + names.get(2) + "` is missing");
            }
            record.putFloat(finite(names.get(2), weight));
        } else if (weight != null) {
            throw new BadValueException("`" + names.get(2) + "` must not be given, as the layout is without weights."
                    + " Received: " + weight);
        }
        if (layout.isBytes()) {
            encodeBytes(sample.bytes(), record);
        } else {
            encodeFloats(sample.floats(), record);
        }
        record.flip();
    }

    private void encodeBytes(byte @Nullable [] x, ByteBuffer record) {
        if (x == null) {
            throw new BadValueException("`" + names.get(0) + "` must be bytes, as the layout says. Received: floats");
        }
        checkCount(names.get(0), layout.xSize(), x.length);
        record.put(x);
    }

    private void encodeFloats(float @Nullable [] x, ByteBuffer record) {
        if (x == null) {
            throw new BadValueException("`" + names.get(0) + "` must be floats, as the layout says. Received: bytes");
        }
        checkCount(names.get(0), layout.xSize(), x.length);
        for (float value : x) {
            record.putFloat(finite(names.get(0), value));
        }
    }

    private float label(float value) {
        String name = names.get(1);
        int classes = layout.classes();
        if (classes > 0 && !(value >= 0 && value < classes && value == (int) value)) {
            throw new BadValueException(
                    "`" + name + "` must be a whole number in [0, " + classes + "). Received: " + value);
        }
        return finite(name, value);
    }

    private static float finite(String name, float value) {
        if (!Float.isFinite(value)) {
            throw new BadValueException("`" + name + "` must be finite. Received: " + value);
        }
        return value;
    }

    static void checkCount(String name, int expected, int found) {
        if (found != expected) {
            throw new BadValueException("`" + name + "` must have " + expected + (expected == 1 ? " value" : " values")
                    + ". Received: " + found);
        }
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}

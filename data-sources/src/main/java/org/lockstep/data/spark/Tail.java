package org.lockstep.data.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The end of a shard file: names of the rows that were left out of it as bad, a line each, then how many such rows there
 * are, then its own length.
 *
 * @param skipped how many rows were left out
 * @param names those that are listed
 * @param length in bytes
 */
record Tail(int skipped, List<String> names, int length) implements Serializable {

    /** No longer than a piece of a file, so that a file's last two pieces have it all. */
    static final int LONGEST = Chunks.LENGTH;

    /** In characters; so there is room for one, at least. */
    private static final int LONGEST_NAME = LONGEST / 4;

    private static final int NUMBERS = 2 * Integer.BYTES;

    Tail {
        names = List.copyOf(names);
    }

    /** The bytes of a tail, which lists as many names as there is room for. */
    static ByteBuffer bytes(int skipped, List<String> names) {
        StringBuilder text = new StringBuilder();
        int length = NUMBERS;
        for (String name : names) {
            String line =
                    name.substring(0, Math.min(name.length(), LONGEST_NAME)).replace('\n', ' ') + "\n";
            length += line.getBytes(StandardCharsets.UTF_8).length;
            if (length > LONGEST) {
                break;
            }
            text.append(line);
        }
        byte[] listed = text.toString().getBytes(StandardCharsets.UTF_8);
        return buffer(ByteBuffer.allocate(listed.length + NUMBERS))
                .put(listed)
                .putInt(skipped)
                .putInt(listed.length + NUMBERS)
                .flip();
    }

    /** The tail of a file that ends with these bytes. */
    static Tail of(byte[] end) {
        ByteBuffer bytes = buffer(ByteBuffer.wrap(end));
        int length = bytes.getInt(end.length - Integer.BYTES);
        String text = new String(end, end.length - length, length - NUMBERS, StandardCharsets.UTF_8);
        return new Tail(bytes.getInt(end.length - NUMBERS), text.lines().toList(), length);
    }

    private static ByteBuffer buffer(ByteBuffer bytes) {
        return bytes.order(ByteOrder.LITTLE_ENDIAN);
    }
}

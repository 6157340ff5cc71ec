package org.lockstep.data.idx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files, whole and broken. */
final class IdxFiles {

    private IdxFiles() {}

    /** The bytes of an IDX file of this type whose values are random below a bound, always the same. */
    static byte[] bytes(int type, int bound, int... dimensions) {
        int count = 1;
        for (int dimension : dimensions) {
            count *= dimension;
        }
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + count);
        buffer.putInt(type << 8 | dimensions.length);
        for (int dimension : dimensions) {
            buffer.putInt(dimension);
        }
        Random random = new Random(count);
        while (buffer.hasRemaining()) {
            buffer.put((byte) random.nextInt(bound));
        }
        return buffer.array();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    static String write(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }
}

package org.lockstep.data.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/** The checksums of a PNG file, which ImageIO does not look at. */
final class PngChunks {

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int END = 0x49454E44;
    /** A chunk's length, type and checksum. */
    private static final int FRAME = 12;

    private PngChunks() {}

    static boolean isPng(byte[] file) {
        return file.length >= Long.BYTES && ByteBuffer.wrap(file).getLong() == SIGNATURE;
    }

    /** Refuses a wrong checksum, and a file that ends before its last chunk. */
    static void check(byte[] file) throws IIOException {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int type = 0;
        for (int at = Long.BYTES; type != END; ) {
            long length = file.length - at < FRAME ? Integer.MAX_VALUE : bytes.getInt(at) & 0xFFFFFFFFL;
            if (length > file.length - at - FRAME) {
                throw new IIOException("it is truncated: a chunk at offset " + at + " goes beyond the end");
            }
            type = bytes.getInt(at + 4);
            int end = at + 8 + (int) length;
            CRC32 sum = new CRC32();
            sum.update(file, at + 4, (int) length + 4);
            if ((int) sum.getValue() != bytes.getInt(end)) {
                throw new IIOException("the checksum of the chunk at offset " + at + " is wrong");
            }
            at = end + 4;
        }
    }
}

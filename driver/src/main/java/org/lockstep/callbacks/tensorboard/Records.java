package org.lockstep.callbacks.tensorboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * TFRecord framing, little-endian: a payload's length in 8 bytes, the length's checksum, the payload, the payload's
 * checksum. A checksum is a CRC-32C, rotated right by 15 bits, plus 0xA282EAD8.
 */
final class Records {

    private static final int HEADER = Long.BYTES + Integer.BYTES;
    private static final int MASK = 0xA282EAD8;

    private Records() {}

    /** A payload as a record. */
    static byte[] framed(byte[] payload) {
        ByteBuffer record = ByteBuffer.allocate(HEADER + payload.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(payload.length);
        return record.putInt(checksum(record.array(), 0, Long.BYTES))
                .put(payload)
                .putInt(checksum(payload, 0, payload.length))
                .array();
    }

    /**
     * Hands on the records at the beginning of a stream, until one is not whole.
     *
     * @param limit bytes behind which no record may end
     */
    static void whole(InputStream stream, long limit, Consumer<byte[]> records) throws IOException {
        long left = limit;
        while (left >= HEADER) {
            byte[] header = stream.readNBytes(HEADER);
            if (header.length < HEADER) {
                return;
            }
            ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
            long length = fields.getLong();
            left -= HEADER + length + Integer.BYTES;
            if (fields.getInt() != checksum(header, 0, Long.BYTES) || left < 0) {
                return;
            }
            byte[] body = stream.readNBytes(Math.toIntExact(length + Integer.BYTES));
            byte[] record = ByteBuffer.allocate(header.length + body.length)
                    .put(header)
                    .put(body)
                    .array();
            if (body.length < length + Integer.BYTES
                    || ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt((int) length)
                            != checksum(body, 0, (int) length)) {
                return;
            }
            records.accept(record);
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, offset, length);
        return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
    }
}

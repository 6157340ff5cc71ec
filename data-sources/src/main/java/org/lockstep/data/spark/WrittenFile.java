package org.lockstep.data.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;

/**
 * What is known of a shard file.
 *
 * @param file its number, that of the partition it was made of
 * @param length in bytes
 * @param sha256 of all its bytes, in hexadecimal
 * @param tail its end, which says what was left out
 */
record WrittenFile(int file, long length, String sha256, Tail tail) implements Serializable {

    private static final int SHA256_LENGTH = 32;

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot compute checksums: this JDK has no SHA-256", e);
        }
    }

    /** Checksum, length and end of a file's pieces, as bytes, which any serializer knows. */
    static byte[] sum(Iterator<byte[]> pieces) {
        MessageDigest digest = digest();
        long length = 0;
        byte[] before = {};
        byte[] last = {};
        while (pieces.hasNext()) {
            before = last;
            last = pieces.next();
            digest.update(last);
            length += last.length;
        }
        byte[] end = Arrays.copyOf(before, before.length + last.length);
        System.arraycopy(last, 0, end, before.length, last.length);
        int tail = Tail.of(end).length();
        return ByteBuffer.allocate(SHA256_LENGTH + Long.BYTES + tail)
                .put(digest.digest())
                .putLong(length)
                .put(end, end.length - tail, tail)
                .array();
    }

    /** What {@link #sum} found. */
    static WrittenFile of(int file, byte[] sum) {
        String sha256 = HexFormat.of().formatHex(sum, 0, SHA256_LENGTH);
        byte[] end = Arrays.copyOfRange(sum, SHA256_LENGTH + Long.BYTES, sum.length);
        return new WrittenFile(file, ByteBuffer.wrap(sum).getLong(SHA256_LENGTH), sha256, Tail.of(end));
    }
}

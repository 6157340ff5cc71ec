package org.lockstep.data.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;

/**
 * What is known of a shard file.
 *
 * @param file its number, that of the partition it was made of
 * @param length in bytes
 * @param sha256 of all its bytes, in hexadecimal
 */
record WrittenFile(int file, long length, String sha256) implements Serializable {

    private static final int SHA256_LENGTH = 32;

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot compute checksums: this JDK has no SHA-256", e);
        }
    }

    /** Length and checksum of a file's pieces, as bytes, which any serializer knows. */
    static byte[] sum(Iterator<byte[]> pieces) {
        MessageDigest digest = digest();
        long length = 0;
        while (pieces.hasNext()) {
            byte[] piece = pieces.next();
            digest.update(piece);
            length += piece.length;
        }
        return ByteBuffer.allocate(SHA256_LENGTH + Long.BYTES)
                .put(digest.digest())
                .putLong(length)
                .array();
    }

    /** What {@link #sum} found. */
    static WrittenFile of(int file, byte[] sum) {
        String sha256 = HexFormat.of().formatHex(sum, 0, SHA256_LENGTH);
        return new WrittenFile(file, ByteBuffer.wrap(sum).getLong(SHA256_LENGTH), sha256);
    }
}

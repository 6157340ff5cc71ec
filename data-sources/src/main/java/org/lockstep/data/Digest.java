package org.lockstep.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The beginning of a SHA-256 of content, to tell it from other content. Not thread-safe. */
public final class Digest {

    private static final int SHOWN_BYTES = 8;
    private static final int BLOCK = 1 << 14;

    private final MessageDigest sha256;

    public Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot compute checksums: this JDK has no SHA-256", e);
        }
    }

    public Digest add(byte[] bytes) {
        sha256.update(bytes);
        return this;
    }

    /** Adds a tensor's shape and values, as they are kept. */
    public Digest add(Tensor tensor) {
        for (int dimension : tensor.shape()) {
            add(ByteBuffer.allocate(Integer.BYTES).putInt(dimension).array());
        }
        if (tensor.isBytes()) {
            sha256.update(tensor.bytes());
            return add(ByteBuffer.allocate(Float.BYTES).putFloat(tensor.scale()).array());
        }
        float[] values = tensor.values();
        ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES);
        for (int from = 0; from < values.length; from += BLOCK) {
            block.clear();
            block.asFloatBuffer().put(values, from, Math.min(BLOCK, values.length - from));
            block.limit(Math.min(BLOCK, values.length - from) * Float.BYTES);
            sha256.update(block);
        }
        return this;
    }

    /** The content so far in hexadecimal; begins anew. */
    public String take() {
        return HexFormat.of().formatHex(sha256.digest(), 0, SHOWN_BYTES);
    }

    /** Of several texts. */
    public static String of(List<String> texts) {
        Digest digest = new Digest();
        texts.forEach(text -> digest.add((text + "\n").getBytes(StandardCharsets.UTF_8)));
        return digest.take();
    }
}

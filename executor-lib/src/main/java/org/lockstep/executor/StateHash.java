package org.lockstep.executor;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running SHA-256 over numbers, each taken as little-endian bytes. Not thread-safe. */
public final class StateHash {

    private final MessageDigest digest;

    public StateHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has SHA-256, but this one does not", e);
        }
    }

    public StateHash add(FloatBuffer values) {
        Floats.forEachChunk(values, digest::update);
        return this;
    }

    StateHash add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    StateHash add(long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES)
                .order(Floats.STORED)
                .putLong(value)
                .flip());
        return this;
    }

    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What executors and the driver say to each other: a byte for the kind, the attempt's number, and the rest. */
enum Call {
    /** A task has come; answered with the table when all have. */
    REGISTER(1),
    /** Wants a chunk of a state. */
    FETCH(2),
    /** Brings a chunk of the state that the attempt ends with. */
    STORE(3),
    /** A step is done everywhere; answered with what is to happen next. */
    AGREE(4),
    /** A step's sums, from the first worker; not answered. */
    REPORT(5),
    /** A task has failed; not answered. */
    FAILED(6),
    /** From the driver: how many reports were heard, and whether to go on. */
    HEARD(7),
    /** An executor says who it is, as soon as it has a line and whatever the attempt; not answered. */
    HERE(8);

    /** More than any place, address or reason that is of use. */
    private static final int LONGEST = 4096;

    static final int HEAD = 1 + Integer.BYTES;

    /** On the wire. */
    private final byte code;

    Call(int code) {
        this.code = (byte) code;
    }

    ByteBuffer head(int attempt, int more) {
        return ByteBuffer.allocate(HEAD + more).put(code).putInt(attempt);
    }

    static Call of(byte code) {
        for (Call one : values()) {
            if (one.code == code) {
                return one;
            }
        }
        throw new IllegalArgumentException("unknown kind of message " + code);
    }

    static byte[] bytes(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST / 4)).getBytes(StandardCharsets.UTF_8);
    }

    static void put(ByteBuffer out, byte[] text) {
        out.putInt(text.length).put(text);
    }

    static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > LONGEST || length > in.remaining()) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

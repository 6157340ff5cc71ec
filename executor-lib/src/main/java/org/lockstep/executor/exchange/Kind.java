package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What executors of a network exchange say to each other; a message is its kind, the round it belongs to, and the rest. */
enum Kind {
    /** The first message on a link: the attempt as the round, and the sender's rank. */
    HELLO(1),
    /** The answer to it: from now on rounds may begin. */
    WELCOME(2),
    /** The receiver's slice of the sender's nodes, and their losses, metrics and counts. */
    GRADIENT(3),
    /** A part of that, ahead of it: which node, from which number of the slice on; of the round that the gradient will have. */
    PIECE(11),
    /** The sender's blocks' parts of sums that span blocks. */
    PARTIALS(4),
    /** The sender's slice of the updated weights. */
    WEIGHTS(5),
    /** The sender has all slices: nobody's weights are on their way any more. */
    GATHERED(9),
    /** The sender's nodes of the numbers that are added up at a pause. */
    NUMBERS(10),
    /** The sender's stop bit between two steps. */
    AGREE(6),
    /** The sender has all that it needs, and will say nothing more. */
    BYE(7),
    /** The sender leaves, for this reason. */
    ABORT(8);

    static final int HEAD = 1 + Integer.BYTES;

    /** More than any code. */
    static final int CODES = 16;

    /** On the wire. */
    private final byte code;

    Kind(int code) {
        this.code = (byte) code;
    }

    int code() {
        return code;
    }

    ByteBuffer head(int round, int more) {
        return ByteBuffer.allocate(HEAD + more).put(code).putInt(round);
    }

    ByteBuffer message(int round) {
        return head(round, 0).flip();
    }

    ByteBuffer message(int round, boolean flag) {
        return head(round, 1).put((byte) (flag ? 1 : 0)).flip();
    }

    ByteBuffer message(int round, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return head(round, bytes.length).put(bytes).flip();
    }

    static String text(ByteBuffer message) {
        return StandardCharsets.UTF_8.decode(message).toString();
    }

    static Kind of(byte code) {
        for (Kind one : values()) {
            if (one.code == code) {
                return one;
            }
        }
        throw new IllegalArgumentException("unknown kind of message " + code);
    }
}

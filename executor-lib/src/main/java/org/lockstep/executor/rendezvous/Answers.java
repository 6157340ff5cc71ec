package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;

/** The driver's answers: a byte that says whether it is what was asked for, and that or the reason. */
final class Answers {

    private Answers() {}

    static ByteBuffer refusal(String reason) {
        byte[] text = Call.bytes(reason);
        ByteBuffer out = ByteBuffer.allocate(1 + Integer.BYTES + text.length).put((byte) 0);
        Call.put(out, text);
        return out.flip();
    }

    static ByteBuffer of(ByteBuffer content) {
        return ByteBuffer.allocate(1 + content.remaining())
                .put((byte) 1)
                .put(content)
                .flip();
    }

    static ByteBuffer done() {
        return ByteBuffer.allocate(1).put((byte) 1).flip();
    }

    /** What was asked for. */
    static ByteBuffer read(ByteBuffer answer) {
        if (answer.get() == 0) {
            throw new IllegalStateException("Cannot take part: " + Call.text(answer));
        }
        return answer;
    }
}

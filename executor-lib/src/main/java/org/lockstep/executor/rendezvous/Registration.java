package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;

/**
 * A task that has come to an attempt.
 *
 * @param task its partition
 * @param executor Spark's id of the executor that it runs on
 * @param host of the executor's port
 */
public record Registration(int task, String executor, String host, int port) {

    /** For a reader. */
    public String place() {
        return "executor %s (%s)".formatted(executor, host);
    }

    ByteBuffer message(int attempt) {
        byte[] name = Call.bytes(executor);
        byte[] address = Call.bytes(host);
        ByteBuffer out = Call.REGISTER.head(attempt, 4 * Integer.BYTES + name.length + address.length);
        out.putInt(task);
        Call.put(out, name);
        Call.put(out, address);
        return out.putInt(port).flip();
    }

    static Registration read(ByteBuffer in) {
        return new Registration(in.getInt(), Call.text(in), Call.text(in), in.getInt());
    }
}

package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;

/**
 * An executor that has a line to the driver.
 *
 * @param executor Spark's id
 * @param host of its port
 */
public record Caller(String executor, String host) {

    /** For a reader. */
    public String place() {
        return "executor %s (%s)".formatted(executor, host);
    }

    ByteBuffer message() {
        byte[] name = Call.bytes(executor);
        byte[] address = Call.bytes(host);
        ByteBuffer out = Call.HERE.head(0, 2 * Integer.BYTES + name.length + address.length);
        Call.put(out, name);
        Call.put(out, address);
        return out.flip();
    }

    static Caller read(ByteBuffer in) {
        return new Caller(Call.text(in), Call.text(in));
    }
}

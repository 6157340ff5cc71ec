package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import org.lockstep.executor.Kernel;

/**
 * A task that has come to an attempt.
 *
 * @param task its partition
 * @param executor Spark's id of the executor that it runs on
 * @param host of the executor's port
 * @param kernel what the executor computes with
 */
public record Registration(int task, String executor, String host, int port, Kernel kernel) {

    Caller caller() {
        return new Caller(executor, host);
    }

    /** For a reader. */
    public String place() {
        return caller().place();
    }

    ByteBuffer message(int attempt) {
        byte[] name = Call.bytes(executor);
        byte[] address = Call.bytes(host);
        ByteBuffer out = Call.REGISTER.head(
                attempt, 4 * Integer.BYTES + name.length + address.length + KernelText.bytes(kernel));
        out.putInt(task);
        Call.put(out, name);
        Call.put(out, address);
        KernelText.put(out.putInt(port), kernel);
        return out.flip();
    }

    static Registration read(ByteBuffer in) {
        return new Registration(in.getInt(), Call.text(in), Call.text(in), in.getInt(), KernelText.read(in));
    }
}

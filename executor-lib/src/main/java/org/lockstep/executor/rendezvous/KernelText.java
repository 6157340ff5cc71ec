package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import org.lockstep.executor.Kernel;

/** What a JVM computes with, as bytes. */
final class KernelText {

    private KernelText() {}

    static int bytes(Kernel kernel) {
        return 5 * Integer.BYTES
                + Call.bytes(kernel.sha256()).length
                + Call.bytes(kernel.engine()).length
                + Call.bytes(kernel.java()).length
                + Call.bytes(kernel.platform()).length;
    }

    static void put(ByteBuffer out, Kernel kernel) {
        Call.put(out, Call.bytes(kernel.sha256()));
        Call.put(out, Call.bytes(kernel.engine()));
        out.putInt(kernel.threads());
        Call.put(out, Call.bytes(kernel.java()));
        Call.put(out, Call.bytes(kernel.platform()));
    }

    static Kernel read(ByteBuffer in) {
        return new Kernel(Call.text(in), Call.text(in), in.getInt(), Call.text(in), Call.text(in));
    }
}

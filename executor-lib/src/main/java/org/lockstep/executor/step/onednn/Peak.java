package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory.desc;

/** How fast this machine multiplies large matrices. */
final class Peak {

    private static final int SIZE = 1024;
    private static final int TRIES = 7;

    private Peak() {}

    /** GFLOP/s of the fastest of a few products, on the calling thread's number of OpenMP threads. */
    static double gigaflops(Numbers numbers) {
        try (Device device = new Device()) {
            long bytes = (long) SIZE * SIZE * numbers.bytes();
            Slot a = device.arena().bytes(bytes);
            Slot b = device.arena().bytes(bytes);
            Slot c = device.arena().bytes(bytes);
            desc form = Device.strided(numbers, new long[] {SIZE, SIZE}, new long[] {SIZE, 1});
            var description = new matmul.primitive_desc(device.cpu(), form, form, form, device.attributes(), false);
            Call product = device.call(
                    new matmul(description),
                    description,
                    Argument.source(device.view(form, a)),
                    Argument.weights(device.view(form, b)),
                    Argument.target(device.view(form, c)));
            Lifetimes lifetimes = Lifetimes.of(List.of(), true);
            product.slots().forEach(lifetimes::always);
            device.seal(lifetimes);
            clear(a);
            clear(b);
            long best = Long.MAX_VALUE;
            for (int i = 0; i < TRIES; i++) {
                long from = System.nanoTime();
                product.run();
                best = Math.min(best, System.nanoTime() - from);
            }
            return 2.0 * SIZE * SIZE * SIZE / best;
        }
    }

    /** Zeros, as what memory holds by chance may be slow numbers. */
    private static void clear(Slot slot) {
        for (int i = 0; i < slot.floats().limit(); i++) {
            slot.floats().put(i, 0);
        }
    }
}

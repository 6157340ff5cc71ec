package org.lockstep.examples.bench.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.step.BatchSums;

/** One worker's steps: it has a gradient, and gives it to the exchange again and again. */
final class Work {

    /** Small: the weights must stay finite however long is measured. */
    private static final float GRADIENT = 1e-6f;

    private final int worker;
    private final List<Node> nodes;

    Work(int worker, int numbers) {
        this.worker = worker;
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(numbers, Float.BYTES))
                .order(ByteOrder.nativeOrder());
        FloatBuffer gradient = bytes.asFloatBuffer();
        for (int i = 0; i < numbers; i++) {
            gradient.put(i, GRADIENT);
        }
        nodes = List.of(
                new Node(new ShardRange(worker, worker + 1), gradient, bytes, new BatchSums(1, 1, new double[0])));
    }

    /** Waits for all others, then exchanges; returns the seconds of all steps. */
    double steps(Exchange exchange, int steps) throws InterruptedException {
        try {
            exchange.agree();
            long start = System.nanoTime();
            for (int step = 0; step < steps; step++) {
                exchange.step(worker, nodes);
            }
            return (System.nanoTime() - start) * 1e-9;
        } catch (RuntimeException | InterruptedException e) {
            exchange.abort(e);
            throw e;
        }
    }

    /** Returns when all that this worker has sent has arrived: the others answer once more after they have it. */
    static void settle(Exchange exchange) throws InterruptedException {
        exchange.agree();
        exchange.agree();
    }
}

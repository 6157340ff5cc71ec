package org.lockstep.examples.bench.exchange;

import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.MemoryExchange;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;

/** The exchange among threads of one JVM, which share the weights and read each other's gradients. */
final class MemoryTransport implements Transport {

    private static final int SEED = 1;

    /** Gradients are there, the average is there, the weights are there. */
    private static final int ROUNDS = 3;

    @Override
    public String title() {
        return "memory";
    }

    @Override
    public Meeting open(Model model, Optimizer optimizer, int workers) {
        TrainState state = TrainState.initial(model, optimizer, SEED);
        Exchange shared = MemoryExchange.of(model, optimizer, new CanonicalTree(workers), workers, state);
        return new Meeting() {
            @Override
            public Exchange of(int worker) {
                return shared;
            }

            @Override
            public void close() {
                // It holds nothing but memory.
            }
        };
    }

    /** The others' gradients of the part that it owns; weights are shared. */
    @Override
    public long bytesPerWorker(long parameters, int workers) {
        return parameters * Float.BYTES * (workers - 1) / workers;
    }

    @Override
    public int rounds(int workers) {
        return workers == 1 ? 0 : ROUNDS;
    }
}

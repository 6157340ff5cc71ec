package org.lockstep.examples.bench.exchange;

import org.lockstep.examples.bench.side.BenchModel;

/**
 * The exchange over the network among processes.
 *
 * @param title the transport's
 */
public record ProcessTransport(String title, Workers processes) implements Transport {

    @Override
    public Load load(int numbers, int workers) {
        return Algorithm.DIRECT.load(workers, numbers);
    }

    @Override
    public Meter open(BenchModel model, int workers) {
        return processes.meet(model.title(), workers);
    }
}

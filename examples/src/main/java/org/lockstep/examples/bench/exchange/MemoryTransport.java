package org.lockstep.examples.bench.exchange;

import java.util.Collections;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.MemoryExchange;
import org.lockstep.model.Model;
import org.lockstep.optimizers.SGD;

/** The exchange among threads of one JVM, which share the weights and read each other's gradients: nothing is sent. */
public final class MemoryTransport implements Transport {

    private static final int SEED = 1;

    /** Gradients are there, the average is there, the weights are there. */
    private static final int ROUNDS = 3;

    @Override
    public String title() {
        return "memory";
    }

    @Override
    public Load load(int numbers, int workers) {
        int rounds = workers == 1 ? 0 : ROUNDS;
        return new Load(rounds, rounds, 0, Load.operations(numbers, workers));
    }

    @Override
    public Meter open(BenchModel model, int workers) {
        Model network = model.network();
        SGD optimizer = SGD.of();
        TrainState state = TrainState.initial(network, optimizer, SEED);
        Exchange shared = MemoryExchange.of(network, optimizer, new CanonicalTree(workers), workers, state);
        return new ThreadMeter(
                Collections.nCopies(workers, shared), network.layout().gradientLength(), () -> {});
    }
}

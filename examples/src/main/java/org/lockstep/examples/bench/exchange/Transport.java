package org.lockstep.examples.bench.exchange;

import java.util.List;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;

/** One way of exchanging gradients. Another is one more entry in {@link #ALL}. */
public interface Transport {

    /** All that are measured. */
    List<Transport> ALL = List.of(new MemoryTransport());

    /** The name in tables and in JSON. */
    String title();

    /**
     * What workers meet at, from a fresh state of the model; a shard each.
     *
     * @param workers threads that will take part
     */
    Meeting open(Model model, Optimizer optimizer, int workers);

    /** Bytes that each worker takes from others in a step. */
    long bytesPerWorker(long parameters, int workers);

    /** How often in a step all workers wait for one another, one after the other. */
    int rounds(int workers);

    /** The exchanges of all workers of a run. */
    interface Meeting extends AutoCloseable {

        /** The one that a worker calls; several workers may have the same. */
        Exchange of(int worker);

        @Override
        void close();
    }
}

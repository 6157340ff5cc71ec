package org.lockstep.examples.bench.exchange;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.Arrivals;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.executor.exchange.Crew;
import org.lockstep.executor.exchange.Meeting;
import org.lockstep.executor.exchange.NetworkExchange;
import org.lockstep.executor.transport.Endpoint;
import org.lockstep.executor.transport.Secret;
import org.lockstep.executor.transport.TransportSettings;
import org.lockstep.model.Model;
import org.lockstep.optimizers.SGD;

/** One executor's port, at which exchanges over the network begin. */
final class Station implements AutoCloseable {

    /** Nobody falls silent here but for lack of a processor. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int SEED = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Arrivals arrivals = new Arrivals();
    private final Endpoint endpoint;

    /**
     * Opens a port.
     *
     * @param sharesMemory whether executors of one machine do
     */
    Station(String host, Secret secret, boolean sharesMemory) {
        TransportSettings settings = TransportSettings.of(host, SILENCE).sharesMemory(sharesMemory);
        endpoint = Endpoint.open(settings, secret, arrivals);
    }

    Meeting.Address address() {
        return new Meeting.Address(endpoint.host(), endpoint.port());
    }

    /**
     * Meets the others, with fresh weights.
     *
     * @param attempt the same for all, and new
     * @param addresses of all, by rank
     */
    NetworkExchange join(int attempt, Model network, int rank, List<Meeting.Address> addresses)
            throws InterruptedException {
        int workers = addresses.size();
        List<String> places =
                IntStream.range(0, workers).mapToObj(i -> "worker " + i).toList();
        SGD optimizer = SGD.of();
        return NetworkExchange.join(
                network,
                optimizer,
                new CanonicalTree(workers),
                new Crew(Collections.nCopies(workers, 1)),
                rank,
                TrainState.initial(network, optimizer, SEED),
                (state, owned) -> true,
                new Meeting(attempt, endpoint, arrivals, addresses, places, PATIENCE, Wire.FLOAT32));
    }

    @Override
    public void close() {
        endpoint.close();
    }
}

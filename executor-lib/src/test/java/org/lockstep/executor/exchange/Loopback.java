package org.lockstep.executor.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.transport.Endpoint;
import org.lockstep.executor.transport.Secret;
import org.lockstep.executor.transport.TransportSettings;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Optimizer;

/**
 * The executors of a network exchange, all in this JVM, each with a port and a state of its own; they talk through memory as
 * far as executors of one machine do, or through sockets alone.
 */
final class Loopback implements Party {

    private static final String HOST = "127.0.0.1";

    private final Crew crew;
    private final TrainState begin;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<NetworkExchange> exchanges = new ArrayList<>();

    Loopback(
            Crew crew,
            Sequential model,
            Optimizer optimizer,
            CanonicalTree tree,
            TrainState begin,
            Wire wire,
            boolean sharesMemory)
            throws Exception {
        this.crew = crew;
        this.begin = begin;
        Secret secret = Secret.random();
        TransportSettings settings =
                TransportSettings.of(HOST, Duration.ofSeconds(10)).sharesMemory(sharesMemory);
        List<Arrivals> arrivals = new ArrayList<>();
        List<Meeting.Address> addresses = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int rank = 0; rank < crew.sizes().size(); rank++) {
            Arrivals hears = new Arrivals();
            Endpoint endpoint = Endpoint.open(settings, secret, hears);
            arrivals.add(hears);
            endpoints.add(endpoint);
            addresses.add(new Meeting.Address(HOST, endpoint.port()));
            places.add("executor " + rank);
        }
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<NetworkExchange>> joining = new ArrayList<>();
            for (int i = 0; i < endpoints.size(); i++) {
                int rank = i;
                Meeting meeting = new Meeting(
                        3, endpoints.get(rank), arrivals.get(rank), addresses, places, Duration.ofSeconds(20), wire);
                TrainState state = sliced(begin, model, optimizer, NetworkExchange.owned(model, optimizer, crew, rank));
                joining.add(threads.submit(() -> NetworkExchange.join(
                        model, optimizer, tree, crew, rank, state, (trained, owned) -> true, meeting)));
            }
            for (Future<NetworkExchange> future : joining) {
                exchanges.add(future.get(30, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A copy that has no more slots than an executor needs. */
    private static TrainState sliced(TrainState begin, Sequential model, Optimizer optimizer, Slice owned) {
        TrainState state = TrainState.create(model.layout(), optimizer, owned.from(), owned.to());
        state.weights().put(0, begin.weights(), 0, begin.weights().capacity());
        state.slots().forEach((name, values) -> {
            values.put(0, begin.slot(name), state.slotsFrom(), values.capacity());
        });
        state.progress(begin.iterations(), begin.learningRate());
        return state;
    }

    List<NetworkExchange> exchanges() {
        return exchanges;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    @Override
    public int workers() {
        return crew.workers();
    }

    @Override
    public ShardRange owned(int worker, int shards) {
        return crew.owned(new CanonicalTree(shards), worker);
    }

    @Override
    public Exchange at(int worker) {
        int rank = 0;
        while (worker >= crew.first(rank + 1)) {
            rank++;
        }
        return exchanges.get(rank);
    }

    /** The first executor's weights, and of each executor its slice of the slots. */
    @Override
    public TrainState state() {
        TrainState all = begin.copy();
        NetworkExchange first = exchanges.get(0);
        all.weights().put(0, first.state().weights(), 0, all.weights().capacity());
        all.progress(first.state().iterations(), first.state().learningRate());
        for (NetworkExchange exchange : exchanges) {
            if (exchange.state().weights().mismatch(all.weights()) >= 0) {
                throw new AssertionError("executors have different weights");
            }
            int from = exchange.state().slotsFrom();
            exchange.state().slots().forEach((name, part) -> all.slot(name).put(from, part, 0, part.capacity()));
        }
        return all;
    }

    @Override
    public void close() {
        ExecutorService threads = Executors.newCachedThreadPool();
        exchanges.forEach(exchange -> threads.execute(exchange::close));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new AssertionError("exchanges do not close");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        endpoints.forEach(Endpoint::close);
    }
}

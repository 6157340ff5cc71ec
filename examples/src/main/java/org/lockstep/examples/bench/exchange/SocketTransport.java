package org.lockstep.examples.bench.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.executor.exchange.Meeting;
import org.lockstep.executor.exchange.NetworkExchange;
import org.lockstep.executor.transport.Secret;
import org.lockstep.model.Model;

/** The exchange over the network among threads of one JVM, each with a port, over the loopback interface. */
public final class SocketTransport implements Transport {

    private static final String HOST = "127.0.0.1";

    @Override
    public String title() {
        return "sockets";
    }

    @Override
    public Load load(int numbers, int workers) {
        return Algorithm.DIRECT.load(workers, numbers);
    }

    @Override
    public Meter open(BenchModel model, int workers) throws InterruptedException {
        Model network = model.network();
        Secret secret = Secret.random();
        List<Station> stations = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            stations.add(new Station(HOST, secret, false));
        }
        List<Meeting.Address> addresses =
                stations.stream().map(Station::address).toList();
        List<NetworkExchange> exchanges = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<NetworkExchange>> joining = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int rank = i;
                joining.add(threads.submit(() -> stations.get(rank).join(0, network, rank, addresses)));
            }
            for (Future<NetworkExchange> each : joining) {
                exchanges.add(each.get());
            }
        } catch (ExecutionException e) {
            stations.forEach(Station::close);
            throw new IllegalStateException("Cannot measure the exchange: its workers do not meet", e);
        } finally {
            threads.shutdown();
        }
        return new ThreadMeter(exchanges, network.layout().gradientLength(), () -> part(exchanges, stations));
    }

    /** All at once: each says good-bye to the others and waits for theirs. */
    private static void part(List<NetworkExchange> exchanges, List<Station> stations) {
        ExecutorService threads = Executors.newFixedThreadPool(exchanges.size());
        List<CompletableFuture<Void>> parting = exchanges.stream()
                .map(exchange -> CompletableFuture.runAsync(exchange::close, threads))
                .toList();
        parting.forEach(CompletableFuture::join);
        threads.shutdown();
        stations.forEach(Station::close);
    }
}

package org.lockstep.executor.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.TrainState;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Optimizer;

/** All workers of one exchange in this JVM, whatever its form. */
interface Party extends AutoCloseable {

    int workers();

    /** The exchange as a worker sees it. */
    Exchange at(int worker);

    /** The shards of a worker. */
    default ShardRange owned(int worker, int shards) {
        return new CanonicalTree(shards).owned(worker, workers());
    }

    /** What all have trained together. */
    TrainState state() throws Exception;

    @Override
    void close();

    /** Makes a party that begins with a state. */
    interface Form {
        Party of(Sequential model, Optimizer optimizer, int shards, TrainState begin) throws Exception;
    }

    /** Workers that share memory; one is the solo form. */
    static Form memory(int workers) {
        return (model, optimizer, shards, begin) -> {
            MemoryExchange exchange =
                    MemoryExchange.of(model, optimizer, new CanonicalTree(shards), workers, begin.copy());
            return new InMemory(exchange, workers);
        };
    }

    /** Executors of some workers each, on one machine. */
    static Form network(Integer... sizes) {
        return network(Wire.FLOAT32, true, sizes);
    }

    /** The same, as if each were on a machine of its own. */
    static Form sockets(Integer... sizes) {
        return network(Wire.FLOAT32, false, sizes);
    }

    static Form network(Wire wire, boolean sharesMemory, Integer... sizes) {
        return (model, optimizer, shards, begin) -> new Loopback(
                new Crew(List.of(sizes)), model, optimizer, new CanonicalTree(shards), begin, wire, sharesMemory);
    }

    /** Executors of a worker each, given these numbers of shards. */
    static Form dealt(Integer... deal) {
        return (model, optimizer, shards, begin) -> {
            Crew crew = new Crew(Collections.nCopies(deal.length, 1), List.of(deal));
            return new Loopback(crew, model, optimizer, new CanonicalTree(shards), begin, Wire.FLOAT32, true);
        };
    }

    record InMemory(MemoryExchange exchange, int workers) implements Party {

        @Override
        public Exchange at(int worker) {
            return exchange;
        }

        @Override
        public TrainState state() {
            return exchange.state();
        }

        @Override
        public void close() {}
    }

    /** One worker's work. */
    interface Work<T> {
        T of(int worker, Exchange exchange) throws Exception;
    }

    /** Lets all workers work at once; a failed one's place holds its failure. */
    default <T> List<Object> all(Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < workers(); i++) {
                int worker = i;
                futures.add(threads.submit(() -> {
                    try {
                        return work.of(worker, at(worker));
                    } catch (Throwable failure) {
                        at(worker).abort(failure);
                        throw failure;
                    }
                }));
            }
            List<Object> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(result(future));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object result(Future<?> future) throws InterruptedException, TimeoutException {
        try {
            Object result = future.get(60, TimeUnit.SECONDS);
            return result == null ? Map.of() : result;
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }
}

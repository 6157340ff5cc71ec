package org.lockstep.examples.bench.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lockstep.executor.exchange.Exchange;

/** Workers in threads of this JVM. */
final class ThreadMeter implements Meter {

    private final List<? extends Exchange> exchanges;
    private final Runnable onClose;
    private final List<Work> workers = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * Workers that have met.
     *
     * @param exchanges as each worker sees it; several may share one
     * @param numbers in the gradient
     */
    ThreadMeter(List<? extends Exchange> exchanges, int numbers, Runnable onClose) {
        this.exchanges = List.copyOf(exchanges);
        this.onClose = onClose;
        this.threads = Executors.newFixedThreadPool(exchanges.size());
        for (int worker = 0; worker < exchanges.size(); worker++) {
            workers.add(new Work(worker, numbers));
        }
    }

    @Override
    public Reading read(int steps) throws InterruptedException {
        List<Future<Double>> running = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            Work work = workers.get(i);
            Exchange exchange = exchanges.get(i);
            running.add(threads.submit(() -> work.steps(exchange, steps)));
        }
        double longest = 0;
        for (Future<Double> worker : running) {
            longest = Math.max(longest, seconds(worker));
        }
        return new Reading(longest / steps, Double.NaN);
    }

    private static double seconds(Future<Double> worker) throws InterruptedException {
        try {
            return worker.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot measure the exchange: a worker failed", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        onClose.run();
    }
}

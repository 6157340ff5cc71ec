package org.lockstep.examples.bench.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.model.Model;
import org.lockstep.optimizers.SGD;

/**
 * Workers that do nothing but exchange gradients of a model and update its weights, each in a thread of this JVM; so that
 * what a step takes is the exchange.
 */
public final class Meter implements AutoCloseable {

    /** Small: the weights must stay finite however long is measured. */
    private static final float GRADIENT = 1e-6f;

    private final Transport transport;
    private final String model;
    private final int parameters;
    private final int workers;
    private final Transport.Meeting meeting;
    private final List<List<Node>> nodes = new ArrayList<>();
    private final ExecutorService threads;
    private final List<Double> seconds = new ArrayList<>();

    /**
     * Workers that have met.
     *
     * @param title the network's name
     */
    public Meter(Transport transport, String title, Model network, int workers) {
        this.transport = transport;
        this.model = title;
        this.parameters = network.layout().gradientLength();
        this.workers = workers;
        this.meeting = transport.open(network, SGD.of(), workers);
        this.threads = Executors.newFixedThreadPool(workers);
        for (int worker = 0; worker < workers; worker++) {
            nodes.add(List.of(
                    new Node(new ShardRange(worker, worker + 1), gradient(), new BatchSums(1, 1, new double[0]))));
        }
    }

    private FloatBuffer gradient() {
        FloatBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(parameters, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int i = 0; i < parameters; i++) {
            buffer.put(i, GRADIENT);
        }
        return buffer;
    }

    /** Exchanges some times and keeps what one took, unless it is to warm up. */
    public void run(int steps, boolean isWarmUp) {
        long start = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            int number = worker;
            running.add(threads.submit(() -> work(number, steps)));
        }
        running.forEach(Meter::join);
        if (!isWarmUp) {
            seconds.add((System.nanoTime() - start) * 1e-9 / steps);
        }
    }

    private void work(int worker, int steps) {
        Exchange exchange = meeting.of(worker);
        try {
            for (int step = 0; step < steps; step++) {
                exchange.step(worker, nodes.get(worker));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.abort(e);
        } catch (RuntimeException e) {
            exchange.abort(e);
            throw e;
        }
    }

    private static void join(Future<?> worker) {
        try {
            worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot measure the exchange: interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot measure the exchange: a worker failed", e);
        }
    }

    /** All that was kept. */
    public Measurement measurement() {
        return new Measurement(
                transport.title(),
                model,
                parameters,
                workers,
                transport.bytesPerWorker(parameters, workers),
                transport.rounds(workers),
                seconds);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        meeting.close();
    }
}

package org.lockstep.executor.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lockstep.executor.TrainState;

/** Threads that share the updates of one state, each with its own range of blocks. */
final class Crew {

    private final Update update;
    private final TrainState state;
    private final Partials partials;
    private final int[] cuts;
    private final CyclicBarrier barrier;

    /** @param cuts worker r updates the blocks from cuts[r] to cuts[r + 1] */
    Crew(Update update, TrainState state, int... cuts) {
        this.update = update;
        this.state = state;
        this.partials = update.partials();
        this.cuts = cuts;
        this.barrier = new CyclicBarrier(cuts.length - 1);
    }

    /** Makes the sums of one step. */
    interface Gradients {
        GradientSums of(long step);
    }

    /** Runs the steps and returns the penalties before each. */
    List<Double> run(int steps, int samples, Gradients gradients)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newFixedThreadPool(cuts.length - 1);
        try {
            List<Future<List<Double>>> workers = new ArrayList<>();
            for (int worker = 0; worker < cuts.length - 1; worker++) {
                int rank = worker;
                workers.add(threads.submit(() -> work(rank, steps, samples, gradients)));
            }
            List<Double> penalties = List.of();
            for (Future<List<Double>> worker : workers) {
                penalties = worker.get(60, TimeUnit.SECONDS);
            }
            return penalties;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Double> work(int rank, int steps, int samples, Gradients gradients)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        List<Double> penalties = new ArrayList<>();
        int workers = cuts.length - 1;
        for (int step = 0; step < steps; step++) {
            update.prepare(state, partials, rank, workers);
            await();
            update.average(state, gradients.of(step), samples, partials, cuts[rank], cuts[rank + 1]);
            await();
            penalties.add(update.penalty(partials));
            update.apply(state, partials, cuts[rank], cuts[rank + 1]);
            await();
            update.project(state, rank, workers);
            await();
            if (rank == 0) {
                update.finish(state);
            }
            await();
        }
        return penalties;
    }

    private void await() throws InterruptedException, BrokenBarrierException, TimeoutException {
        barrier.await(10, TimeUnit.SECONDS);
    }
}

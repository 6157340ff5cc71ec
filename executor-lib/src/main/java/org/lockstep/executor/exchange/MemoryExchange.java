package org.lockstep.executor.exchange;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.optimizer.Divisors;
import org.lockstep.executor.optimizer.Partials;
import org.lockstep.executor.optimizer.Update;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;

/**
 * The exchange among workers of one JVM: they share one weight buffer and read each other's nodes; each updates its part
 * of the fixed blocks. With one worker it is the plain update.
 */
public final class MemoryExchange implements Exchange {

    private final CanonicalTree tree;
    private final int workers;
    private final Update update;
    private final Partials partials;
    private final TrainState state;
    private final MeetingPoint meeting;
    private final Brought brought;
    private final AtomicReferenceArray<List<double[]>> numbers;
    private volatile boolean stopped;

    private MemoryExchange(CanonicalTree tree, int workers, Update update, TrainState state) {
        this.tree = tree;
        this.workers = workers;
        this.update = update;
        this.partials = update.partials();
        this.state = state;
        this.meeting = new MeetingPoint(workers);
        this.brought = new Brought(tree, workers);
        this.numbers = new AtomicReferenceArray<>(workers);
    }

    /**
     * An exchange over this state, which it changes.
     *
     * @param workers threads that take part, each with its own number from 0
     */
    public static MemoryExchange of(
            Model model, Optimizer optimizer, CanonicalTree tree, int workers, TrainState state) {
        return new MemoryExchange(tree, workers, new Update(model, optimizer), state);
    }

    @Override
    public StepOutcome step(int worker, List<Node> nodes, @Nullable VectorMath math) throws InterruptedException {
        brought.bring(worker, nodes);
        meeting.await();
        boolean isLast = stopped;
        List<Node> all = brought.all();
        TreeSums gradient = brought.sums(worker, all);
        BatchSums sums = gradient.sums();
        if (sums.samples() == 0) {
            return new StepOutcome(sums, 0, isLast);
        }
        NonFiniteException.checkLoss(sums.loss(), all);
        if (update.needsPrepare()) {
            update.prepare(state, partials, worker, workers);
            meeting.await();
        }
        Divisors divisors = new Divisors(sums.samples(), sums.divisor());
        int from = (int) ((long) update.blocks() * worker / workers);
        int to = (int) ((long) update.blocks() * (worker + 1) / workers);
        update.average(state, new PlacedSums(gradient, 0, math), divisors, partials, from, to);
        meeting.await();
        NonFiniteException.checkGradient(update, partials);
        double penalty = update.penalty(partials);
        update.apply(state, partials, from, to);
        meeting.await();
        if (update.needsProjection()) {
            update.project(state, worker, workers);
            meeting.await();
        }
        if (worker == 0) {
            update.finish(state);
        }
        return new StepOutcome(sums, penalty, isLast);
    }

    @Override
    public double[] sum(int worker, List<double[]> byShard) throws InterruptedException {
        numbers.set(worker, byShard);
        meeting.await();
        double[] sum = new ShardNumbers(0, numbers).sum(tree.root());
        meeting.await();
        return sum;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean agree() throws InterruptedException {
        meeting.await();
        return stopped;
    }

    @Override
    public void abort(Throwable cause) {
        meeting.abort(cause);
    }

    @Override
    public TrainState state() {
        return state;
    }
}

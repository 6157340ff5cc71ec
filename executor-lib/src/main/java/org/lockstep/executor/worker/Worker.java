package org.lockstep.executor.worker;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.exchange.NonFiniteException;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.exchange.StepOutcome;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.report.StepReport;

/**
 * The training loop of one worker.
 *
 * <pre>
 * for each step of the segment:
 *     for each of my shards:   queue → batch → network → gradient sum; what is final of it may go ahead to others
 *         at a layer that needs sums over all shards: all my shards up to it, exchange, all of them on
 *     exchange:                sums of all shards → average → update → weights
 *     listener:                the step's loss and metrics; may end the segment
 *     all workers, if the run is synchronous: wait until the listener has heard of the step
 * </pre>
 */
public final class Worker {

    private Worker() {}

    /** Hears of each step when the weights are updated. */
    public interface StepListener {

        /**
         * Told by one worker. In a synchronous run all others wait, and the state may be read and changed meanwhile.
         *
         * @return whether the segment goes on; where the run is not synchronous, it ends after the next step
         */
        boolean stepEnded(StepReport report, TrainState state) throws InterruptedException;
    }

    /**
     * Works through a segment; all workers of the exchange do so at once.
     *
     * @param worker this worker's number, 0-based; worker 0 tells the listener
     * @throws Exception the first failure, after which the exchange is over for all
     */
    public static SegmentEnd run(
            Workplace place, Segment segment, int worker, ShardRange shards, Exchange exchange, StepListener listener)
            throws Exception {
        FloatBuffer weights = exchange.state().weights();
        boolean waits = place.order().isSynchronous();
        StepClock clock = new StepClock();
        ShardSteps.Ahead ahead = exchange.sendsAhead() ? (nodes, from) -> exchange.ahead(worker, nodes, from) : null;
        try (ShardSteps mine = new ShardSteps(place, shards, byShard -> exchange.sum(worker, byShard), ahead)) {
            for (int step = segment.fromStep(); step < segment.toStep(); step++) {
                List<Node> nodes = mine.gradients(segment.window(), step, weights);
                clock.computed(mine.stall(), mine.paused());
                StepOutcome outcome = meet(exchange, worker, step, nodes, mine.math());
                clock.exchanged();
                if (outcome.isEmpty()) {
                    return end(mine, clock, step, Reason.OUT_OF_DATA);
                }
                if (worker == 0
                        && !listener.stepEnded(
                                outcome.report(segment.epoch(), step, clock.lastStep()), exchange.state())) {
                    exchange.stop();
                }
                if (waits ? exchange.agree() : outcome.isLast()) {
                    return end(mine, clock, step + 1, Reason.STOPPED);
                }
                clock.next();
            }
            return end(mine, clock, segment.toStep(), Reason.DONE);
        } catch (Throwable failure) {
            exchange.abort(failure);
            throw failure;
        }
    }

    private static SegmentEnd end(ShardSteps mine, StepClock clock, int nextStep, Reason reason) {
        mine.finish();
        return clock.end(nextStep, reason, mine.samples());
    }

    private static StepOutcome meet(
            Exchange exchange, int worker, int step, List<Node> nodes, @Nullable VectorMath math)
            throws InterruptedException {
        try {
            return exchange.step(worker, nodes, math);
        } catch (NonFiniteException e) {
            throw e.at(step);
        }
    }
}

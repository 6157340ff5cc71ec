package org.lockstep.executor.worker;

import java.nio.FloatBuffer;
import java.util.List;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.exchange.NonFiniteException;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.exchange.StepOutcome;
import org.lockstep.report.StepReport;

/**
 * The training loop of one worker.
 *
 * <pre>
 * for each step of the segment:
 *     for each of my shards:   queue → batch → network → gradient sum
 *     exchange:                sums of all shards → average → update → weights
 *     listener:                the step's loss and metrics
 * </pre>
 */
public final class Worker {

    private Worker() {}

    /** Hears of each step when the weights are updated. */
    public interface StepListener {
        void stepEnded(StepReport report);
    }

    /**
     * Works through a segment; all workers of the exchange do so at once.
     *
     * @param worker this worker's number, 0-based
     * @throws Exception the first failure, after which the exchange is over for all
     */
    public static void run(
            Workplace place, Segment segment, int worker, ShardRange shards, Exchange exchange, StepListener listener)
            throws Exception {
        FloatBuffer weights = exchange.state().weights();
        try (ShardSteps mine = new ShardSteps(place, shards)) {
            for (int step = segment.fromStep(); step < segment.toStep(); step++) {
                StepOutcome outcome = meet(exchange, worker, step, mine.gradients(segment.epoch(), step, weights));
                listener.stepEnded(outcome.report(segment.epoch(), step));
            }
        } catch (Throwable failure) {
            exchange.abort(failure);
            throw failure;
        }
    }

    private static StepOutcome meet(Exchange exchange, int worker, int step, List<Node> nodes)
            throws InterruptedException {
        try {
            return exchange.step(worker, nodes);
        } catch (NonFiniteException e) {
            throw e.at(step);
        }
    }
}

package org.lockstep.executor.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.vector.VectorMath;

/**
 * Where workers meet once a step: each gives the nodes it could add up alone and leaves when the weights are updated.
 *
 * <p>Order of use: every worker calls {@link #step} once for each step, from its own thread, with the same sequence of
 * steps and of {@link #sum}s within them; a worker that cannot go on calls {@link #abort}, and all others leave their call with a {@link
 * PeerFailedException}. The classic misuse is to catch a failure in one worker and not abort: the others would wait.
 */
public interface Exchange {

    /**
     * Adds up all nodes, updates the state and returns the step's sums; without any sample nothing is updated.
     *
     * @param worker 0-based
     * @param nodes with buffers that stay untouched until the call returns
     * @param math what the worker's engine does for the update; null where it has no engine
     * @throws NonFiniteException in every worker, before anything is updated
     * @throws PeerFailedException when another worker aborted
     */
    StepOutcome step(int worker, List<Node> nodes, @Nullable VectorMath math) throws InterruptedException;

    /** The same step by a worker without an engine. */
    default StepOutcome step(int worker, List<Node> nodes) throws InterruptedException {
        return step(worker, nodes, null);
    }

    /** Whether it wants to be told {@link #ahead} of a step what is final already. */
    default boolean sendsAhead() {
        return false;
    }

    /**
     * Tells of a part of the vectors of a worker's next {@link #step} that is final already, and may go ahead to others. Of the
     * nodes no sums are known.
     *
     * @param worker 0-based
     * @param nodes those of the step, with the buffers that they will have there
     * @param from where the part begins that is final; in a step ever smaller
     */
    default void ahead(int worker, List<Node> nodes, int from) {}

    /**
     * Adds up numbers over all shards in canonical order, in the midst of a step: every worker calls this at the same pauses.
     *
     * @param worker 0-based
     * @param byShard equally many numbers of each of the worker's shards, in order; they stay untouched until the call
     *     returns
     * @return the sums, the same for all, not to be changed
     * @throws PeerFailedException when another worker aborted
     */
    double[] sum(int worker, List<double[]> byShard) throws InterruptedException;

    /** Makes the next step the last for all workers; {@link #agree} tells them sooner. */
    void stop();

    /**
     * Waits for all workers between two steps.
     *
     * @return whether {@link #stop} was called, the same for all
     */
    boolean agree() throws InterruptedException;

    /** Ends the exchange for all workers; the first cause stays. */
    void abort(Throwable cause);

    /** What training changes: weights to read between steps. */
    TrainState state();
}

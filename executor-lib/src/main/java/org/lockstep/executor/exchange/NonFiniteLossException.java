package org.lockstep.executor.exchange;

import java.util.Collection;

/** A loss that is NaN or infinite; the weights are those of before the step. */
public final class NonFiniteLossException extends RuntimeException {

    public NonFiniteLossException(String message) {
        super(message);
    }

    /** The same with the step it happened in. */
    public NonFiniteLossException at(int step) {
        NonFiniteLossException placed = new NonFiniteLossException(
                "%s at step %d. Lower the learning rate, or look for values that are not finite in the data"
                        .formatted(getMessage(), step + 1));
        placed.initCause(this);
        return placed;
    }

    /** Refuses sums whose loss is not finite, naming the shards it came from. */
    static void check(double loss, Collection<Node> nodes) {
        if (Double.isFinite(loss)) {
            return;
        }
        for (Node node : nodes) {
            if (!Double.isFinite(node.sums().loss())) {
                throw new NonFiniteLossException("the loss of shards %s is %s"
                        .formatted(node.range(), node.sums().loss()));
            }
        }
        throw new NonFiniteLossException("the sum of the shards' losses is " + loss);
    }
}

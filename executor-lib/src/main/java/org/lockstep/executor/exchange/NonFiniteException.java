package org.lockstep.executor.exchange;

import java.util.Collection;
import org.lockstep.executor.optimizer.Partials;
import org.lockstep.executor.optimizer.Update;

/** A loss or a gradient that is NaN or infinite; the weights are those of before the step. */
public final class NonFiniteException extends RuntimeException {

    public NonFiniteException(String message) {
        super(message);
    }

    /** The same with the step it happened in. */
    public NonFiniteException at(int step) {
        NonFiniteException placed = new NonFiniteException(
                "%s at step %d. Lower the learning rate, or look for values that are not finite in the data"
                        .formatted(getMessage(), step + 1));
        placed.initCause(this);
        return placed;
    }

    /** Refuses sums whose loss is not finite, naming the shards it came from. */
    static void checkLoss(double loss, Collection<Node> nodes) {
        if (Double.isFinite(loss)) {
            return;
        }
        for (Node node : nodes) {
            if (!Double.isFinite(node.sums().loss())) {
                throw new NonFiniteException("the loss of shards %s is %s"
                        .formatted(node.range(), node.sums().loss()));
            }
        }
        throw new NonFiniteException("the sum of the shards' losses is " + loss);
    }

    /** Refuses a gradient that is not finite, naming the variable. */
    static void checkGradient(Update update, Partials partials) {
        String variable = update.firstNotFinite(partials);
        if (variable != null) {
            throw new NonFiniteException("the gradient of %s is not finite".formatted(variable));
        }
    }
}

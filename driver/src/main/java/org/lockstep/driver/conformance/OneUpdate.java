package org.lockstep.driver.conformance;

import java.nio.FloatBuffer;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.optimizer.Partials;
import org.lockstep.executor.optimizer.Update;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.SGD;

/** Updates of a model's state by one worker. */
final class OneUpdate {

    private final Update update;
    private final TrainState state;

    OneUpdate(Sequential model, Optimizer optimizer) {
        update = new Update(model, optimizer);
        state = TrainState.create(model.layout(), optimizer);
    }

    /** Updates whose slot {@code momentum} holds minus the averaged, clipped gradient with its penalties. */
    static OneUpdate showingGradient(Sequential model, SGD clipped) {
        return new OneUpdate(model, clipped.learningRate(1).momentum(0.5));
    }

    TrainState state() {
        return state;
    }

    OneUpdate weights(FloatBuffer from) {
        state.weights().put(0, from, 0, from.capacity());
        return this;
    }

    /** One update from a gradient summed over samples. */
    void apply(FloatBuffer gradient, long samples) {
        Partials partials = update.partials();
        if (update.needsPrepare()) {
            update.prepare(state, partials, 0, 1);
        }
        int blocks = update.blocks();
        update.average(
                state, (offset, length, into) -> gradient.get(offset, into, 0, length), samples, partials, 0, blocks);
        update.apply(state, partials, 0, blocks);
        if (update.needsProjection()) {
            update.project(state, 0, 1);
        }
        update.finish(state);
    }

    double penalty() {
        return update.penalty(state);
    }

    /** The gradient of the first update, in the layout of the trainable variables. */
    FloatBuffer shownGradient() {
        FloatBuffer velocity = state.slot("momentum");
        float[] shown = new float[velocity.capacity()];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = -velocity.get(i);
        }
        return FloatBuffer.wrap(shown);
    }
}

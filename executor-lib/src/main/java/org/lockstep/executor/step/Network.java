package org.lockstep.executor.step;

import java.nio.FloatBuffer;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.model.WeightLayout;

/**
 * A compiled model: a batch in, a flat gradient sum out.
 *
 * <p>Weights and gradients are direct buffers in native order, laid out as {@link #layout} says. One thread at a time;
 * different threads one after the other. Whoever made it closes it.
 */
public interface Network extends AutoCloseable {

    WeightLayout layout();

    /**
     * Forward and backward over one shard's part of a step.
     *
     * @param gradient overwritten with the sum over the batch's samples; zeros where there are none
     */
    BatchSums train(Batch batch, FloatBuffer weights, FloatBuffer gradient, StepKey key);

    /** Loss and metrics in inference mode. */
    BatchSums evaluate(Batch batch, FloatBuffer weights);

    /** The output in inference mode, in Keras's layout. */
    Tensor predict(Tensor x, FloatBuffer weights);

    @Override
    void close();
}

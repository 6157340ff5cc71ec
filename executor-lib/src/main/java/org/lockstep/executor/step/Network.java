package org.lockstep.executor.step;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.WeightLayout;
import org.lockstep.report.StepProfile;

/**
 * A compiled model: a batch in, a flat gradient sum out.
 *
 * <p>Weights and gradients are direct buffers in native order, laid out as {@link #layout} says, read and written from
 * their positions on; positions do not move. Batches may differ in size from call to call, down to no samples. Infinity
 * passes through; a NaN may become 0 in a relu, but an input's NaN is in the gradient of the kernel that reads it. One
 * thread at a time; different threads one after the other. Whoever made it closes it.
 */
public interface Network extends AutoCloseable {

    WeightLayout layout();

    /**
     * Forward and backward over one shard's part of a step. Where layers need sums over all shards, this one is taken for all.
     *
     * @param gradient overwritten: for trainable variables the sum over samples of their losses' gradients, for moving
     *     statistics the batch's statistic times the number of samples; zeros where there are no samples
     */
    BatchSums train(Batch batch, FloatBuffer weights, FloatBuffer gradient, StepKey key);

    /** Hears how far a gradient is final while the rest of it is still computed. */
    @FunctionalInterface
    interface Progress {

        /** All numbers from this place of the vector on are final; said again and again, of ever smaller places. */
        void isFinal(int from);
    }

    /** The same, for a caller that wants parts of the gradient as soon as they are final; an engine may tell of none. */
    default BatchSums train(Batch batch, FloatBuffer weights, FloatBuffer gradient, StepKey key, Progress progress) {
        return train(batch, weights, gradient, key);
    }

    /**
     * The numbers that each pause of a training step adds up over all shards, in order; the same for batches of any size.
     * Empty where no layer looks at other shards' batches.
     */
    default List<Integer> pauses() {
        return List.of();
    }

    /**
     * Begins what {@link #train} does, for a caller that adds up the numbers of pauses over all shards. Until the step has
     * ended, the network does nothing else, and its caller changes neither weights nor gradient.
     *
     * @throws NotSupportedException if the engine never pauses
     */
    default TrainingStep begin(Batch batch, FloatBuffer weights, FloatBuffer gradient, StepKey key) {
        throw new NotSupportedException("Cannot pause a training step: this engine computes steps whole");
    }

    /** Loss and metrics in inference mode. */
    BatchSums evaluate(Batch batch, FloatBuffer weights);

    /** The output in inference mode, in Keras's layout. */
    Tensor predict(Tensor x, FloatBuffer weights);

    /**
     * The forward pass in training mode, then the backward pass from a given gradient of some loss with respect to the
     * output, in place of the model's own loss. The gradients of activity penalties are added.
     *
     * @param gradient overwritten as by {@link #train}
     */
    Pullback pullback(Tensor x, FloatBuffer weights, Tensor outputGradient, FloatBuffer gradient, StepKey key);

    /**
     * The memory that batches of so many samples take.
     *
     * @throws NotSupportedException if the engine cannot tell
     */
    default MemoryUse memory(int batch) {
        throw new NotSupportedException("Cannot tell how much memory a batch takes: this engine makes no plan of it");
    }

    /**
     * Where the time of a training step goes, by layer: medians over so many steps on one batch, at least 1.
     *
     * @throws NotSupportedException if the engine cannot tell
     */
    default StepProfile profile(Batch batch, FloatBuffer weights, int steps) {
        throw new NotSupportedException("Cannot profile: this engine does not know the times of its layers");
    }

    /** Passes over long vectors by this network's threads; null where the engine has none to the bits of Java's. */
    default @Nullable VectorMath math() {
        return null;
    }

    @Override
    void close();

    /** A model's output in training mode, and the loss's gradient with respect to its input. */
    record Pullback(Tensor output, Tensor inputGradient) {}
}

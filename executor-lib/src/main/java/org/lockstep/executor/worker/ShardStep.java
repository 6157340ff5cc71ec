package org.lockstep.executor.worker;

import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Window;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.EmptyStep;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.StepKey;
import org.lockstep.executor.step.TrainingStep;
import org.lockstep.metrics.Logged;

/** One shard's part of a step: its batch, and the gradient that comes of it; whole, or from pause to pause. */
final class ShardStep {

    private static final float[] ZEROS = new float[4096];

    private final Workplace place;
    private final Window window;
    private final StepKey key;
    private final Batch batch;
    private final @Nullable ClassWeights classWeights;
    private final FloatBuffer gradient;
    private @Nullable TrainingStep under;

    /** @param gradient where it goes; overwritten */
    ShardStep(
            Workplace place,
            Window window,
            StepKey key,
            Batch batch,
            @Nullable ClassWeights classWeights,
            FloatBuffer gradient) {
        this.place = place;
        this.window = window;
        this.key = key;
        this.batch = batch;
        this.classWeights = classWeights;
        this.gradient = gradient;
    }

    int shard() {
        return key.shard();
    }

    FloatBuffer gradient() {
        return gradient;
    }

    /** All of it at once. */
    BatchSums train(Network network, FloatBuffer weights) {
        return batch.isNone() ? nothing() : named(() -> network.train(weighted(), weights, gradient, key));
    }

    /** The same; tells how far the gradient is final. */
    BatchSums train(Network network, FloatBuffer weights, Network.Progress progress) {
        return batch.isNone() ? nothing() : named(() -> network.train(weighted(), weights, gradient, key, progress));
    }

    /** Begins it; the network does nothing else until its {@link #end}. */
    void begin(Network network, FloatBuffer weights) {
        under = batch.isNone()
                ? new EmptyStep(network.pauses(), nothing())
                : named(() -> network.begin(weighted(), weights, gradient, key));
    }

    /** Goes on to the next pause; returns the numbers there, to be replaced by sums over all shards. */
    double[] advance() {
        double[] numbers = named(running()::advance);
        if (numbers == null) {
            throw new IllegalStateException("The step of shard " + shard() + " has ended before its last pause");
        }
        return numbers;
    }

    /** Goes on to the end. */
    BatchSums end() {
        if (named(running()::advance) != null) {
            throw new IllegalStateException("The step of shard " + shard() + " pauses once more than its model does");
        }
        return running().sums();
    }

    private TrainingStep running() {
        return Objects.requireNonNull(under, "the step has not begun");
    }

    private Batch weighted() {
        return classWeights == null ? batch : classWeights.apply(batch);
    }

    private BatchSums nothing() {
        for (int done = 0; done < gradient.capacity(); done += ZEROS.length) {
            gradient.put(done, ZEROS, 0, Math.min(ZEROS.length, gradient.capacity() - done));
        }
        return BatchSums.none(Logged.numbers(place.order().compile().logged()));
    }

    /** Says in a failure which batch it was. */
    private <T extends @Nullable Object> T named(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot train on batch %d of epoch %d of shard %d%s: %s"
                            .formatted(
                                    key.step(),
                                    key.epoch() + 1,
                                    key.shard(),
                                    place.queue(key.shard()).describe(window, key.step()),
                                    e.getMessage()),
                    e);
        }
    }
}

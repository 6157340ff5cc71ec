package org.lockstep.executor.worker;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Window;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.exchange.SubtreeSums;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.StepKey;

/** Forward and backward of one worker's shards: the first half of a step. For one thread. */
public final class ShardSteps implements AutoCloseable {

    private static final float[] ZEROS = new float[4096];

    private final Workplace place;
    private final ShardRange shards;
    private final SubtreeSums subtree;
    private final Network network;
    private final @Nullable ClassWeights classWeights;
    private boolean healthy = true;
    private long stall;
    private long samples;

    public ShardSteps(Workplace place, ShardRange shards) {
        this.place = place;
        this.shards = shards;
        this.network = place.borrowNetwork();
        this.subtree =
                new SubtreeSums(place.order().tree(), shards, network.layout().gradientLength());
        ClassWeighting weighting = place.order().classWeight();
        this.classWeights = weighting == null ? null : new ClassWeights(weighting);
    }

    /** The gradient sums of a step, as the nodes that these shards fill; valid until the next call. */
    public List<Node> gradients(Window window, int step, FloatBuffer weights) throws InterruptedException {
        healthy = false;
        subtree.reset();
        for (int shard = shards.from(); shard < shards.to(); shard++) {
            long asked = System.nanoTime();
            Batch batch = place.queue(shard).take(window, step);
            stall += System.nanoTime() - asked;
            FloatBuffer gradient = subtree.buffer();
            StepKey key = new StepKey(place.order().seed(), window.epoch(), step, shard);
            samples += batch.size();
            subtree.add(shard, gradient, train(batch, window, weights, gradient, key));
        }
        healthy = true;
        return subtree.nodes();
    }

    /** Nanoseconds that all steps so far waited for batches. */
    public long stall() {
        return stall;
    }

    /** Samples of all steps so far. */
    public long samples() {
        return samples;
    }

    private BatchSums train(Batch batch, Window window, FloatBuffer weights, FloatBuffer gradient, StepKey key) {
        if (batch.isNone()) {
            zero(gradient);
            return BatchSums.none(place.order().compile().metrics().size());
        }
        try {
            Batch weighted = classWeights == null ? batch : classWeights.apply(batch);
            return network.train(weighted, weights, gradient, key);
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

    private static void zero(FloatBuffer gradient) {
        for (int done = 0; done < gradient.capacity(); done += ZEROS.length) {
            gradient.put(done, ZEROS, 0, Math.min(ZEROS.length, gradient.capacity() - done));
        }
    }

    /** Gives the network back, or frees it when a step failed in it. */
    @Override
    public void close() {
        if (healthy) {
            place.giveBack(network);
        } else {
            place.discard(network);
        }
    }
}

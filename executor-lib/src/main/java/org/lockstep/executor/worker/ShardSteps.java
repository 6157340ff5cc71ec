package org.lockstep.executor.worker;

import java.nio.FloatBuffer;
import java.util.ArrayList;
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
import org.lockstep.executor.vector.VectorMath;

/** Forward and backward of one worker's shards: the first half of a step. For one thread. */
public final class ShardSteps implements AutoCloseable {

    /** Fewer numbers are not worth a message of their own. */
    private static final int PIECE = 1 << 16;

    private final Workplace place;
    private final ShardRange shards;
    private final SubtreeSums subtree;
    /** One; where steps pause, one for each shard. */
    private final List<Network> networks = new ArrayList<>();

    private final List<Integer> pauses;
    private final Pause pause;
    private final @Nullable Ahead ahead;
    private final @Nullable ClassWeights classWeights;
    private boolean healthy = true;
    private boolean finished;
    private long stall;
    private long paused;
    private long samples;

    /** Adds up the numbers that shards have at a pause over all shards of the run. */
    interface Pause {
        double[] sum(List<double[]> byShard) throws InterruptedException;
    }

    /** Hears what is final of a step's nodes before they are. */
    interface Ahead {
        /** The nodes have their last numbers from this place on. */
        void isFinal(List<Node> nodes, int from);
    }

    /** The shards of a worker that meets no others within a step: its model must not pause. */
    public ShardSteps(Workplace place, ShardRange shards) {
        this(
                place,
                shards,
                byShard -> {
                    throw new IllegalStateException("Cannot pause a step: its workers do not meet");
                },
                null);
    }

    /** @param ahead null where nobody wants to know */
    ShardSteps(Workplace place, ShardRange shards, Pause pause, @Nullable Ahead ahead) {
        this.ahead = ahead;
        this.place = place;
        this.shards = shards;
        this.pause = pause;
        Network network = place.borrowNetwork();
        this.networks.add(network);
        this.pauses = network.pauses();
        this.subtree = place.takeSums(shards, network.layout().gradientLength());
        ClassWeighting weighting = place.order().classWeight();
        this.classWeights = weighting == null ? null : new ClassWeights(weighting);
    }

    /** The gradient sums of a step, as the nodes that these shards fill; valid until the next call. */
    public List<Node> gradients(Window window, int step, FloatBuffer weights) throws InterruptedException {
        healthy = false;
        subtree.reset();
        if (pauses.isEmpty()) {
            for (int shard = shards.from(); shard < shards.to(); shard++) {
                ShardStep each = begin(window, step, shard);
                subtree.add(shard, each.gradient(), train(each, weights), math());
            }
        } else {
            together(window, step, weights);
        }
        healthy = true;
        return subtree.nodes();
    }

    private BatchSums train(ShardStep step, FloatBuffer weights) {
        Network network = networks.get(0);
        Ahead hears = step.shard() == shards.to() - 1 ? ahead : null;
        if (hears == null) {
            return step.train(network, weights);
        }
        return step.train(network, weights, from -> {
            if (subtree.notAhead(from) >= PIECE) {
                hears.isFinal(subtree.ahead(step.shard(), step.gradient(), from, math()), from);
            }
        });
    }

    /** All shards from pause to pause: so none waits for another of the same worker. */
    private void together(Window window, int step, FloatBuffer weights) throws InterruptedException {
        while (networks.size() < shards.size()) {
            networks.add(place.borrowNetwork());
        }
        List<ShardStep> steps = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
            ShardStep each = begin(window, step, shards.from() + i);
            each.begin(networks.get(i), weights);
            steps.add(each);
        }
        for (int ignored : pauses) {
            List<double[]> numbers = new ArrayList<>();
            for (ShardStep each : steps) {
                numbers.add(each.advance());
            }
            long from = System.nanoTime();
            double[] sums = pause.sum(numbers);
            paused += System.nanoTime() - from;
            numbers.forEach(own -> System.arraycopy(sums, 0, own, 0, own.length));
        }
        for (ShardStep each : steps) {
            subtree.add(each.shard(), each.gradient(), each.end(), math());
        }
    }

    private ShardStep begin(Window window, int step, int shard) throws InterruptedException {
        long asked = System.nanoTime();
        Batch batch = place.queue(shard).take(window, step);
        stall += System.nanoTime() - asked;
        samples += batch.size();
        StepKey key = new StepKey(place.order().seed(), window.epoch(), step, shard);
        return new ShardStep(place, window, key, batch, classWeights, subtree.buffer());
    }

    /** What the networks' engine does for updates; null where it has nothing. */
    @Nullable
    VectorMath math() {
        return networks.get(0).math();
    }

    /** Nanoseconds that all steps so far waited for batches. */
    public long stall() {
        return stall;
    }

    /** Nanoseconds that all steps so far spent in pauses. */
    long paused() {
        return paused;
    }

    /** Samples of all steps so far. */
    public long samples() {
        return samples;
    }

    /** All steps are done, and nobody reads their gradients any more: the next segment may use the same buffers. */
    public void finish() {
        finished = true;
    }

    /** Gives the networks back, or frees them when a step failed in one. */
    @Override
    public void close() {
        if (finished) {
            place.keepSums(shards, subtree);
        }
        networks.forEach(healthy ? place::giveBack : place::discard);
    }
}

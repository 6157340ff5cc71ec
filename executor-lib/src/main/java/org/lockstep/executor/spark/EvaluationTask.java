package org.lockstep.executor.spark;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.Batch;
import org.lockstep.executor.queue.PrefetchQueue;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Workplace;

/** Loss and metrics over one held-out shard, in inference mode: a task of a plain job. */
public record EvaluationTask(Broadcast<RunOrder> order, Broadcast<float[]> weights) implements Serializable {

    /** The sums over a shard's batches, added in their order. */
    public TaskEnd<BatchSums> run(int shard) {
        return TaskEnd.of(() -> {
            Workplace place = ResidentRuns.workplace(order.value());
            FloatBuffer direct = BroadcastWeights.direct(weights.value());
            return place.lend(network -> evaluate(place, network, direct, shard));
        });
    }

    private static BatchSums evaluate(Workplace place, Network network, FloatBuffer weights, int shard)
            throws InterruptedException {
        PrefetchQueue queue = place.queue(shard);
        BatchSums sums = null;
        for (int step = 0; step < place.order().steps(); step++) {
            Batch batch = queue.take(0, step);
            try {
                BatchSums more = network.evaluate(batch, weights);
                sums = sums == null ? more : sums.plus(more);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "batch %d of shard %d: %s".formatted(step, shard, e.getMessage()), e);
            }
        }
        return Objects.requireNonNull(sums, "an evaluation has at least one step");
    }
}

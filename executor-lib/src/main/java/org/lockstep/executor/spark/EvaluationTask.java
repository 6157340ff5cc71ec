package org.lockstep.executor.spark;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.Batch;
import org.lockstep.data.Window;
import org.lockstep.executor.queue.PrefetchQueue;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Workplace;

/**
 * Loss and metrics over one held-out shard, in inference mode: a task of a plain job.
 *
 * @param fromStep the first of the window's steps, 0-based
 * @param toStep the step after the last
 */
public record EvaluationTask(
        Broadcast<RunOrder> order, Broadcast<float[]> weights, Window window, int fromStep, int toStep)
        implements Serializable {

    /** The sums of a shard's batches, by step; where the steps are not known, up to the shard's last batch. */
    public TaskEnd<EvaluatedShard> run(int shard) {
        return TaskEnd.of(() -> {
            Workplace place = ResidentRuns.workplace(order.value());
            FloatBuffer direct = BroadcastWeights.direct(weights.value());
            return place.lend(network -> evaluate(place, network, direct, shard));
        });
    }

    private EvaluatedShard evaluate(Workplace place, Network network, FloatBuffer weights, int shard)
            throws InterruptedException {
        PrefetchQueue queue = place.queue(shard);
        ArrayList<BatchSums> sums = new ArrayList<>();
        int metrics = place.order().compile().metrics().size();
        for (int step = fromStep; step < toStep; step++) {
            Batch batch = queue.take(window, step);
            if (batch.isNone() && window.isUnknown()) {
                break;
            }
            try {
                sums.add(batch.isNone() ? BatchSums.none(metrics) : network.evaluate(batch, weights));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "batch %d of shard %d%s: %s"
                                .formatted(step, shard, queue.describe(window, step), e.getMessage()),
                        e);
            }
        }
        return new EvaluatedShard(sums, queue.drainReport().skipped());
    }
}

package org.lockstep.executor.spark;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.Batch;
import org.lockstep.data.Window;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.queue.PrefetchQueue;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.NanSamples;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Workplace;
import org.lockstep.metrics.Logged;

/**
 * Loss and metrics over some held-out shards, in inference mode: a task of a plain job.
 *
 * @param workers tasks among which the shards are divided
 * @param fromStep the first of the window's steps, 0-based
 * @param toStep the step after the last
 */
public record EvaluationTask(
        Broadcast<RunOrder> order, SentWeights weights, Window window, int workers, int fromStep, int toStep)
        implements Serializable {

    /** The sums of each of a worker's shards' batches, by step; where the steps are not known, up to the last batch. */
    public TaskEnd<ArrayList<EvaluatedShard>> run(int worker) {
        return TaskEnd.of(() -> {
            Workplace place = ResidentRuns.workplace(order.value());
            FloatBuffer direct = weights.direct();
            ShardRange shards = place.order().tree().owned(worker, workers);
            return place.lend(network -> {
                ArrayList<EvaluatedShard> sums = new ArrayList<>();
                for (int shard = shards.from(); shard < shards.to(); shard++) {
                    sums.add(evaluate(place, network, direct, shard));
                }
                return sums;
            });
        });
    }

    private EvaluatedShard evaluate(Workplace place, Network network, FloatBuffer weights, int shard)
            throws InterruptedException {
        PrefetchQueue queue = place.queue(shard);
        ArrayList<BatchSums> sums = new ArrayList<>();
        int numbers = Logged.numbers(place.order().compile().logged());
        for (int step = fromStep; step < toStep; step++) {
            Batch batch = queue.take(window, step);
            if (batch.isNone() && window.isUnknown()) {
                break;
            }
            try {
                sums.add(
                        batch.isNone()
                                ? BatchSums.none(numbers)
                                : NanSamples.sums(batch, network.evaluate(batch, weights)));
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

package org.lockstep.executor.spark;

import java.io.Serializable;
import java.nio.FloatBuffer;
import org.apache.spark.broadcast.Broadcast;
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
            RunOrder run = order.value();
            Workplace place = ResidentRuns.workplace(run);
            FloatBuffer direct = BroadcastWeights.direct(weights.value());
            PrefetchQueue queue = place.queue(shard);
            Network network = place.borrowNetwork();
            BatchSums sums = network.evaluate(queue.take(0, 0), direct);
            for (int step = 1; step < run.steps(); step++) {
                sums = sums.plus(network.evaluate(queue.take(0, step), direct));
            }
            place.giveBack(network);
            return sums;
        });
    }
}

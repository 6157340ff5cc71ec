package org.lockstep.executor.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.ShardSteps;
import org.lockstep.executor.worker.Workplace;

/** The first half of one step for one worker's shards: a task of a plain job. */
public record StepTask(Broadcast<RunOrder> order, Broadcast<float[]> weights, int epoch, int step, int workers)
        implements Serializable {

    /** The gradient sums of a worker's shards, as nodes of the canonical tree. */
    public TaskEnd<ArrayList<NodeData>> run(int worker) {
        return TaskEnd.of(() -> {
            RunOrder run = order.value();
            Workplace place = ResidentRuns.workplace(run);
            try (ShardSteps shards = new ShardSteps(place, run.tree().owned(worker, workers))) {
                List<Node> nodes = shards.gradients(epoch, step, BroadcastWeights.direct(weights.value()));
                ArrayList<NodeData> copies = new ArrayList<>();
                nodes.forEach(node -> copies.add(NodeData.of(node)));
                return copies;
            }
        });
    }
}

package org.lockstep.executor.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.Window;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.ShardSteps;
import org.lockstep.executor.worker.Workplace;
import org.lockstep.report.Timing;

/** The first half of one step for one worker's shards: a task of a plain job. */
public record StepTask(
        Broadcast<RunOrder> order,
        Broadcast<float[]> weights,
        Window window,
        int step,
        int workers,
        SegmentMetrics metrics)
        implements Serializable {

    /** The gradient sums of a worker's shards, as nodes of the canonical tree. */
    public TaskEnd<StepResult> run(int worker) {
        return TaskEnd.of(() -> {
            RunOrder run = order.value();
            Workplace place = ResidentRuns.workplace(run);
            Kernel kernel = place.kernel();
            long from = System.nanoTime();
            try (ShardSteps shards = new ShardSteps(place, run.tree().owned(worker, workers))) {
                List<Node> nodes = shards.gradients(window, step, BroadcastWeights.direct(weights.value()));
                long stall = shards.stall();
                Timing timing = new Timing(System.nanoTime() - from - stall, 0, stall);
                metrics.add(timing, shards.samples());
                ArrayList<NodeData> copies = new ArrayList<>();
                nodes.forEach(node -> copies.add(NodeData.of(node)));
                shards.finish();
                return new StepResult(copies, kernel, timing, new ArrayList<>(place.drainQueueReports()));
            }
        });
    }
}

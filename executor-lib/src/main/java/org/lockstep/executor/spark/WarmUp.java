package org.lockstep.executor.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.executor.rendezvous.Outpost;
import org.lockstep.executor.worker.RunOrder;

/**
 * What an executor does before its first segment, so that no other waits for it then: it loads classes and natives, finds
 * out what it computes with, and has a line to the driver. The body of a task in each of its slots: all end when it is ready.
 */
public record WarmUp(Broadcast<RunOrder> order, Directions directions) implements Serializable {

    /** The task's body. */
    public TaskEnd<Boolean> run() {
        return TaskEnd.of(() -> {
            RunOrder run = order.value();
            Outpost post = NetworkRuns.outpost(run.runId(), directions);
            try {
                var unused = ResidentRuns.workplace(run).kernel();
            } finally {
                if (post.isOver()) {
                    // The run ended meanwhile, and nobody else would tell this JVM.
                    ResidentRuns.end(run.runId());
                }
            }
            return true;
        });
    }
}

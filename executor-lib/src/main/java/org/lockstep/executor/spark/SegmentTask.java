package org.lockstep.executor.spark;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.MemoryExchange;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.executor.worker.Worker;
import org.lockstep.executor.worker.Workplace;

/**
 * One worker of a segment whose workers share this JVM's memory: a task of a barrier job. The partition's number is the
 * worker's; the first worker brings back the state after the segment.
 */
public record SegmentTask(Broadcast<RunOrder> order, Broadcast<TrainState> state, Segment segment, int workers)
        implements Serializable {

    private static final Worker.StepListener NOBODY = (report, state) -> true;

    /** The task's body. */
    public TaskEnd<SegmentResult> run() {
        return TaskEnd.of(() -> {
            TaskContext context = TaskContext.get();
            int worker = context.partitionId();
            RunOrder run = order.value();
            Workplace place = ResidentRuns.workplace(run);
            String key = "%s/%s/%d".formatted(run.runId(), segment, context.stageAttemptNumber());
            try (Gathering.Seat seat = Gathering.join(key, workers, () -> exchange(run))) {
                Exchange exchange = seat.exchange();
                Worker.StepListener listener = worker == 0 ? StepChannel.of(run.runId()) : NOBODY;
                SegmentEnd end =
                        Worker.run(place, segment, worker, run.tree().owned(worker, workers), exchange, listener);
                return new SegmentResult(worker == 0 ? exchange.state() : null, end);
            }
        });
    }

    private Exchange exchange(RunOrder run) {
        return MemoryExchange.of(
                run.model(),
                run.compile().optimizer(),
                run.tree(),
                workers,
                state.value().copy());
    }
}

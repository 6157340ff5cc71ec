package org.lockstep.executor.spark;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.MemoryExchange;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.executor.worker.Worker;
import org.lockstep.executor.worker.Workplace;

/**
 * One worker of a segment whose workers share this JVM's memory: a task of a barrier job. The partition's number is the
 * worker's. The state that they train is the driver's own, see {@link StepChannel}.
 */
public record SegmentTask(Broadcast<RunOrder> order, Segment segment, int workers, SegmentMetrics metrics)
        implements Serializable {

    private static final Worker.StepListener NOBODY = (report, state) -> true;

    /** The task's body. */
    public TaskEnd<SegmentEnd> run() {
        return TaskEnd.of(() -> {
            TaskContext context = TaskContext.get();
            int worker = context.partitionId();
            RunOrder run = order.value();
            Workplace place = ResidentRuns.workplace(run);
            StepChannel.Ends driver = StepChannel.of(run.runId());
            Kernel kernel = place.kernel();
            String key = "%s/%s/%d".formatted(run.runId(), segment, context.stageAttemptNumber());
            try (Gathering.Seat seat = Gathering.join(key, workers, () -> exchange(run, driver, kernel))) {
                Worker.StepListener listener = worker == 0 ? driver.listener() : NOBODY;
                SegmentEnd end = Worker.run(
                        place, segment, worker, run.tree().owned(worker, workers), seat.exchange(), listener);
                metrics.add(end);
                return end;
            }
        });
    }

    private Exchange exchange(RunOrder run, StepChannel.Ends driver, Kernel kernel) {
        driver.begins().accept(kernel);
        return MemoryExchange.of(run.model(), run.compile().optimizer(), run.tree(), workers, driver.state());
    }
}

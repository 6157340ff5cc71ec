package org.lockstep.executor.spark;

import java.io.Serializable;
import java.util.ArrayList;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.executor.exchange.NonFiniteException;
import org.lockstep.executor.exchange.PeerFailedException;
import org.lockstep.executor.rendezvous.Outpost;
import org.lockstep.executor.rendezvous.Seat;
import org.lockstep.executor.rendezvous.Terms;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.executor.worker.Worker;
import org.lockstep.executor.worker.Workplace;

/**
 * One worker of a segment whose executors talk over the network: a task of a barrier job. Which worker it is, it learns from
 * the driver's port when all tasks have come.
 */
public record NetworkTask(Broadcast<RunOrder> order, Segment segment, Directions directions, SegmentMetrics metrics)
        implements Serializable {

    private static final Worker.StepListener NOBODY = (report, state) -> true;

    /** The task's body. */
    public TaskEnd<WorkerEnd> run() {
        return TaskEnd.of(() -> {
            RunOrder run = order.value();
            Outpost post = NetworkRuns.outpost(run.runId(), directions);
            int task = TaskContext.get().partitionId();
            try {
                return work(run, post, task);
            } catch (Throwable failure) {
                String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
                post.failed(directions.attempt(), task, failure instanceof PeerFailedException, reason);
                throw failure;
            }
        });
    }

    private WorkerEnd work(RunOrder run, Outpost post, int task) throws Exception {
        Workplace place = ResidentRuns.workplace(run);
        Terms terms = new Terms(
                directions.attempt(),
                run.model(),
                run.compile().optimizer(),
                run.tree(),
                run.isSynchronous(),
                directions.patience(),
                place.kernel(),
                directions.kernel(),
                directions.wire());
        try (Seat seat = post.join(terms, task)) {
            long begun = ProcessorTime.now();
            SegmentEnd end = train(place, seat);
            ProcessorTime processor = new ProcessorTime(begun, ProcessorTime.now());
            seat.store();
            metrics.add(end);
            String executor = SparkEnv.get().executorId();
            int shards = seat.shards().size();
            return new WorkerEnd(
                    seat.worker(),
                    executor,
                    TaskPlace.name(),
                    shards,
                    end,
                    processor,
                    new ArrayList<>(place.drainQueueReports()));
        }
    }

    private SegmentEnd train(Workplace place, Seat seat) throws Exception {
        int worker = seat.worker();
        Worker.StepListener listener = worker == 0 ? (report, state) -> seat.report(report) : NOBODY;
        try {
            return Worker.run(place, segment, worker, seat.shards(), seat.exchange(), listener);
        } catch (NonFiniteException e) {
            // The weights are those of before the step, and somebody may want them.
            seat.store();
            throw e;
        }
    }
}

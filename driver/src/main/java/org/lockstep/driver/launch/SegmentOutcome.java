package org.lockstep.driver.launch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.spark.WorkerEnd;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.report.QueueReport;
import org.lockstep.report.Timing;

/**
 * How a segment ended.
 *
 * @param state what it ended with
 * @param nextStep the step that would be done next
 * @param failure where a loss or gradient was not finite: what to throw unless somebody waits for that
 * @param workers where each worker's time went
 * @param queues what the shards' queues did; a shard may come more than once
 */
public record SegmentOutcome(
        TrainState state,
        int nextStep,
        Reason reason,
        @Nullable TrainingException failure,
        List<Timing> workers,
        List<QueueReport> queues) {

    /**
     * From what the workers of its parts brought back.
     *
     * @param last of the ends
     * @param stops whether a listener, or an interruption, ended it
     */
    static SegmentOutcome of(Segment segment, TrainState state, SegmentEnd last, boolean stops, List<WorkerEnd> ended) {
        // A segment cut where it was stopped before a failure is done as far as its task knows.
        boolean isStopped = stops && last.reason() == Reason.DONE && last.nextStep() < segment.toStep();
        List<Timing> timings = new ArrayList<>();
        List<QueueReport> queues = new ArrayList<>();
        for (WorkerEnd end : ended) {
            while (timings.size() <= end.worker()) {
                timings.add(Timing.NONE);
            }
            timings.set(end.worker(), timings.get(end.worker()).plus(end.end().timing()));
            queues.addAll(end.queues());
        }
        return new SegmentOutcome(
                state, last.nextStep(), isStopped ? Reason.STOPPED : last.reason(), null, timings, queues);
    }
}

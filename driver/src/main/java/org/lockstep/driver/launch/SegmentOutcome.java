package org.lockstep.driver.launch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
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
        List<QueueReport> queues) {}

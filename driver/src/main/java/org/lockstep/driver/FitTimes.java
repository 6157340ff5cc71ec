package org.lockstep.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.lockstep.driver.launch.SegmentOutcome;
import org.lockstep.executor.worker.Segment;
import org.lockstep.report.EpochTimes;
import org.lockstep.report.QueueReport;
import org.lockstep.report.QueueTimes;
import org.lockstep.report.Timing;
import org.lockstep.report.WorkerReport;

/** Where the time of a fit's epochs goes. */
final class FitTimes {

    private final List<EpochTimes> epochs = new ArrayList<>();
    private final TreeMap<Integer, QueueReport> queues = new TreeMap<>();
    private final TreeMap<String, WorkerReport> workers = new TreeMap<>();

    /** An epoch's training is over. */
    void trained(Segment segment, SegmentOutcome outcome, long wall, long samples) {
        Timing sum = Timing.NONE;
        for (Timing worker : outcome.workers()) {
            sum = sum.plus(worker);
        }
        int workers = Math.max(1, outcome.workers().size());
        epochs.add(new EpochTimes(
                segment.epoch(),
                outcome.nextStep() - segment.fromStep(),
                samples,
                sum.compute() / workers,
                sum.exchange() / workers,
                sum.stall() / workers,
                wall,
                0));
        outcome.queues().forEach(report -> queues.merge(report.shard(), report, QueueReport::plus));
    }

    /** The epoch's validation is over. */
    void validated(long nanos) {
        if (epochs.isEmpty()) {
            return;
        }
        EpochTimes last = epochs.remove(epochs.size() - 1);
        epochs.add(new EpochTimes(
                last.epoch(),
                last.steps(),
                last.samples(),
                last.compute(),
                last.exchange(),
                last.stall(),
                last.wall(),
                last.validation() + nanos));
    }

    /** The workers of the whole fit, known at its end. */
    void workers(List<WorkerReport> reports) {
        reports.forEach(report -> workers.merge(report.place(), report, WorkerReport::plus));
    }

    List<WorkerReport> workers() {
        return List.copyOf(workers.values());
    }

    List<EpochTimes> epochs() {
        return List.copyOf(epochs);
    }

    /** The shards' queues over all epochs. */
    List<QueueTimes> queues(int capacity) {
        long wall = EpochTimes.total(epochs).wall();
        return queues.values().stream()
                .map(report -> new QueueTimes(report.shard(), capacity, report.meanReady(), report.stallNanos(), wall))
                .toList();
    }
}

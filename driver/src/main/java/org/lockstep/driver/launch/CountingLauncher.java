package org.lockstep.driver.launch;

import java.util.List;
import org.lockstep.data.BadRecords;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Segment;
import org.lockstep.report.QueueReport;
import org.lockstep.report.Recovery;
import org.lockstep.report.RecoveryPoints;
import org.lockstep.report.WorkerReport;

/** A launcher that counts the bad records which all executors together have left out, and fails where they are too many. */
public record CountingLauncher(Launcher launcher, BadRecords skipped) implements Launcher {

    @Override
    public SegmentOutcome run(Segment segment, TrainState state, SegmentListener listener) {
        SegmentOutcome outcome = launcher.run(segment, state, listener);
        for (QueueReport report : outcome.queues()) {
            skipped.addAll(report.skipped());
        }
        return outcome;
    }

    @Override
    public List<WorkerReport> workers() {
        return launcher.workers();
    }

    @Override
    public List<String> warnings() {
        return launcher.warnings();
    }

    @Override
    public List<Recovery> recoveries() {
        return launcher.recoveries();
    }

    @Override
    public RecoveryPoints recoveryPoints() {
        return launcher.recoveryPoints();
    }

    @Override
    public void close() {
        launcher.close();
    }
}

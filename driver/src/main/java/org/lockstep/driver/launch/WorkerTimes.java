package org.lockstep.driver.launch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lockstep.executor.spark.StepResult;
import org.lockstep.report.QueueReport;
import org.lockstep.report.Timing;

/** Where the workers' time goes over the jobs of a segment: what a step takes beyond a worker's own work is exchange. */
final class WorkerTimes {

    private final Timing[] all;
    private final List<QueueReport> queues = new ArrayList<>();

    WorkerTimes(int workers) {
        all = new Timing[workers];
        Arrays.fill(all, Timing.NONE);
    }

    /** Adds a step; returns the first worker's times in it. */
    Timing add(List<StepResult> results, long nanos) {
        Timing first = Timing.NONE;
        for (int worker = 0; worker < all.length; worker++) {
            Timing own = results.get(worker).timing();
            long exchange = Math.max(0, nanos - own.compute() - own.stall());
            Timing step = new Timing(own.compute(), exchange, own.stall());
            all[worker] = all[worker].plus(step);
            first = worker == 0 ? step : first;
            queues.addAll(results.get(worker).queues());
        }
        return first;
    }

    List<QueueReport> queues() {
        return queues;
    }

    List<Timing> all() {
        return List.of(all);
    }
}

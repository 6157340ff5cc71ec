package org.lockstep.executor.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Workplace;

/**
 * The workplaces of the runs that are going on in this JVM, by run: tasks of one run find here what earlier tasks of it
 * compiled and prefetched. A run leaves when its driver says so.
 */
public final class ResidentRuns {

    private static final Map<String, Workplace> RUNS = new ConcurrentHashMap<>();

    /** OpenMP threads of a worker: one, so that the bits do not depend on the number of processors. */
    private static final int THREADS = 1;

    private ResidentRuns() {}

    /** The workplace of a run, made at its first task. */
    static Workplace workplace(RunOrder order) {
        return RUNS.computeIfAbsent(
                order.runId(),
                id -> new Workplace(
                        order, () -> Networks.create(order.engine(), order.model(), order.compile(), THREADS)));
    }

    /** Ends a run in this JVM; nothing happens where it has none. */
    public static void end(String runId) {
        Workplace place = RUNS.remove(runId);
        if (place != null) {
            place.close();
        }
    }

    /** The number of runs that still hold something in this JVM. */
    public static int count() {
        return RUNS.size();
    }
}

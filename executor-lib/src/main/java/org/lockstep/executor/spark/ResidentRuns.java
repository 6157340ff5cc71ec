package org.lockstep.executor.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lockstep.conf.ClusterConf;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Workplace;
import org.lockstep.report.QueueReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workplaces of the runs that are going on in this JVM, by run: tasks of one run find here what earlier tasks of it
 * compiled and prefetched. A run leaves when its driver says so.
 */
public final class ResidentRuns {

    private static final Logger LOG = LoggerFactory.getLogger(ResidentRuns.class);
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Map<String, Workplace> RUNS = new HashMap<>();
    private static final IdleWatch WATCH = new IdleWatch(LOOK, () -> endIdle(IDLE), () -> ResidentRuns.count() == 0);
    private static final Set<Computing> ANNOUNCED = new HashSet<>();

    /** What computes, and on how many threads each of its networks. */
    private record Computing(ClusterConf.Engine engine, int threads) {}

    private ResidentRuns() {}

    /** The workplace of a run, made at its first task. */
    static Workplace workplace(RunOrder order) {
        Workplace place;
        synchronized (RUNS) {
            place = RUNS.get(order.runId());
            if (place != null) {
                return place;
            }
            announce(new Computing(order.engine(), order.threads()));
            place = new Workplace(
                    order, () -> Networks.create(order.engine(), order.model(), order.compile(), order.threads()));
            RUNS.put(order.runId(), place);
        }
        WATCH.start();
        return place;
    }

    /** Says once in this JVM what an engine computes with. */
    private static void announce(Computing computing) {
        if (ANNOUNCED.add(computing)) {
            LOG.info("{}", Networks.describe(computing.engine(), computing.threads()));
        }
    }

    /** Frees runs whose end this JVM was not told of; one that goes on after all makes its workplace anew. */
    static void endIdle(Duration limit) {
        List<Workplace> idle = new ArrayList<>();
        synchronized (RUNS) {
            RUNS.values().removeIf(place -> place.idleNanos() > limit.toNanos() && idle.add(place));
        }
        idle.forEach(Workplace::close);
    }

    /** Ends a run in this JVM; nothing happens where it has none. */
    public static void end(String runId) {
        Workplace place;
        synchronized (RUNS) {
            place = RUNS.remove(runId);
        }
        WATCH.look();
        if (place != null) {
            place.close();
        }
    }

    /** What the queues of a run in this JVM did since the last call; empty where it has none here. */
    public static List<QueueReport> drainQueueReports(String runId) {
        Workplace place;
        synchronized (RUNS) {
            place = RUNS.get(runId);
        }
        return place == null ? List.of() : place.drainQueueReports();
    }

    /** The number of runs that still hold something in this JVM. */
    public static int count() {
        synchronized (RUNS) {
            return RUNS.size();
        }
    }
}

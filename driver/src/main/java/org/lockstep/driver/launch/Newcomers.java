package org.lockstep.driver.launch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executors that have come since a run began. Each is made ready by a job of its own while the others train, and takes
 * part when that is done: a JVM that is cold when it joins a segment would make all others wait, for seconds, and most of
 * all after a failure. For the thread that called {@code fit}.
 */
final class Newcomers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Newcomers.class);

    /** Tasks that load natives are not interrupted: a JVM in which that failed once never does it again. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long POLL_NANOS = 20_000_000;

    private final Cluster cluster;
    private final int wanted;
    private final ColdStart limit;
    private final LongSupplier clock;
    private final Set<String> ready = new HashSet<>();
    private final Set<String> heard = new HashSet<>();
    private final Set<String> replaced = new HashSet<>();
    private final Map<String, Warming> warming = new HashMap<>();

    private record Warming(Preparation job, long began) {}

    /** What there is now. */
    interface Cluster {

        /** All, by Spark's id. */
        Map<String, Place> executors();

        /** Whether an executor has a line to the driver. */
        boolean hears(String executor);

        /** Begins to make an executor ready, in all its slots. */
        Preparation prepare(String executor, Place place);

        /** Whether tasks of an executor have not ended. */
        boolean isAtWork(String executor);

        void replace(String executor, String reason);
    }

    /** Where an executor is, and how many tasks it runs at once. */
    record Place(String host, int slots) {}

    /** A job that makes an executor ready. */
    interface Preparation {
        boolean isDone();

        void cancel();
    }

    /**
     * Nobody that is known yet.
     *
     * @param wanted slots that the run can use
     * @param clock in nanoseconds
     */
    Newcomers(Cluster cluster, int wanted, ColdStart limit, LongSupplier clock) {
        this.cluster = cluster;
        this.wanted = wanted;
        this.limit = limit;
        this.clock = clock;
    }

    /** Whether an executor has a line to the driver. */
    boolean hears(String executor) {
        return cluster.hears(executor);
    }

    /** These take part in an attempt, and have what they need. */
    void tookPart(List<String> executors) {
        ready.addAll(executors);
    }

    /** Begins with those that have come, and notes those that are ready; to be called now and then. */
    void look() {
        if (ready.isEmpty()) {
            // At the beginning all are cold.
            return;
        }
        Map<String, Place> here = cluster.executors();
        ready.retainAll(here.keySet());
        note(here);
        int slots = slots(here, executor -> ready.contains(executor) || warming.containsKey(executor));
        for (Map.Entry<String, Place> one : here.entrySet()) {
            String executor = one.getKey();
            if (slots < wanted && !isKnown(executor)) {
                slots += one.getValue().slots();
                LOG.debug("Executor {} has come, and is made ready", executor);
                warming.put(executor, new Warming(cluster.prepare(executor, one.getValue()), clock.getAsLong()));
            }
        }
    }

    /** One that is being replaced may be there for a while. */
    private boolean isKnown(String executor) {
        return ready.contains(executor) || warming.containsKey(executor) || replaced.contains(executor);
    }

    private void note(Map<String, Place> here) {
        for (Map.Entry<String, Warming> one : List.copyOf(warming.entrySet())) {
            String executor = one.getKey();
            Warming what = one.getValue();
            Place place = here.get(executor);
            Duration since = Duration.ofNanos(clock.getAsLong() - what.began());
            if (place == null) {
                end(executor);
            } else if (what.job().isDone()) {
                // If it has failed, the next segment says why.
                end(executor);
                ready.add(executor);
            } else if (cluster.hears(executor)) {
                if (heard.add(executor)) {
                    limit.took(since);
                }
            } else if (limit.isOver(since)) {
                replaced.add(executor);
                cluster.replace(executor, limit.reason(executor, place.host(), since));
                end(executor);
            }
        }
    }

    private void end(String executor) {
        Warming over = warming.remove(executor);
        if (over != null && !over.job().isDone()) {
            over.job().cancel();
        }
    }

    /**
     * How many tasks the next attempt may have: those of ready executors; where none is left, those of all.
     *
     * @param all slots that there are
     */
    int slots(int all) {
        int known = slots(cluster.executors(), ready::contains);
        return known == 0 ? all : Math.min(known, all);
    }

    private static int slots(Map<String, Place> here, Predicate<String> which) {
        return here.entrySet().stream()
                .filter(one -> which.test(one.getKey()))
                .mapToInt(one -> one.getValue().slots())
                .sum();
    }

    /** Nobody is made ready any more; returns when the slots are free again, for whatever comes next. */
    @Override
    public void close() {
        List<String> ending = List.copyOf(warming.keySet());
        ending.forEach(this::end);
        long end = clock.getAsLong() + PATIENCE.toNanos();
        for (String executor : ending) {
            while (cluster.isAtWork(executor)) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                if (clock.getAsLong() > end) {
                    cluster.replace(executor, "its task does not end");
                    break;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }
}

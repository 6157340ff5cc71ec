package org.lockstep.examples.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.Callback;

/**
 * Inflicts planned faults on the executors of trainings, at steps: the next when training has gone on after the one before,
 * and two executors are at work, so that one is left.
 */
final class Disturber implements AutoCloseable {

    private static final int LEAST = 2;

    /** Steps before the end of a training in which no fault is inflicted any more. */
    static final int LAST_STEPS = 10;

    private final JavaSparkContext spark;
    private final Cluster cluster;
    private final JobStarts jobs = new JobStarts();
    private final Deque<Fault> planned;
    private final Consumer<String> say;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

    Disturber(JavaSparkContext spark, Cluster cluster, List<Fault> planned, Consumer<String> say) {
        this.spark = spark;
        this.cluster = cluster;
        this.planned = new ArrayDeque<>(planned);
        this.say = say;
        spark.sc().addSparkListener(jobs);
    }

    boolean isDone() {
        return planned.isEmpty();
    }

    /** Watches a training and disturbs it. */
    Watch watch(Training training, int number) {
        return new Watch(training, number);
    }

    /** What is to be undone is, now. */
    @Override
    public void close() {
        later.shutdownNow();
    }

    /** Hears of one training's steps. */
    final class Watch extends Callback {

        private final Training training;
        private final int number;
        private final List<Struck> struck = new ArrayList<>();
        private final List<Long> heard = new ArrayList<>();
        private @Nullable Struck open;
        private int epoch;
        private int due;

        private Watch(Training training, int number) {
            this.training = training;
            this.number = number;
            plan();
        }

        private void plan() {
            due = heard.size() + (planned.isEmpty() ? 0 : planned.getFirst().gap());
        }

        @Override
        public boolean isSynchronous() {
            return training.isSynchronous();
        }

        @Override
        public void onEpochBegin(int index, Map<String, Double> logs) {
            epoch = index;
        }

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            long now = System.currentTimeMillis();
            heard.add(now);
            Struck last = open;
            if (last != null && jobs.last() > last.at()) {
                Struck ended = last.resumed(now);
                open = null;
                struck.add(ended);
                say.accept("  the next step came after %.2f s".formatted(ended.seconds()));
                plan();
            }
            if (open == null
                    && !planned.isEmpty()
                    && struck.size() < training.faults()
                    && heard.size() >= due
                    && heard.size() < training.allSteps() - LAST_STEPS) {
                strike(batch);
            }
        }

        private void strike(int batch) {
            cluster.checkAlive();
            List<Executor> atWork = atWork();
            if (atWork.size() < LEAST) {
                return;
            }
            Fault fault = planned.removeFirst();
            Executor victim = atWork.get(fault.victim() % atWork.size());
            inflict(fault, victim);
            long at = System.currentTimeMillis();
            open = new Struck(fault, number, victim.place(), epoch, batch, at, null, 0, 0);
            say.accept("training %d, epoch %d, step %d: %s executor %s%s"
                    .formatted(
                            number,
                            epoch + 1,
                            batch + 1,
                            fault.kind().title(),
                            victim.place(),
                            fault.seconds() == 0 ? "" : " for %.1f s".formatted(fault.seconds())));
        }

        /** What was inflicted, in order. */
        List<Struck> struck() {
            List<Struck> all = new ArrayList<>(struck);
            if (open != null) {
                all.add(open);
            }
            return all;
        }

        /** Seconds from step to step, as a rule. */
        double stepSeconds() {
            List<Double> gaps = new ArrayList<>();
            for (int i = 1; i < heard.size(); i++) {
                gaps.add((heard.get(i) - heard.get(i - 1)) / 1000.0);
            }
            return gaps.isEmpty() ? 0 : Results.median(gaps);
        }
    }

    /** Executors that train, in the order of their ids. */
    private List<Executor> atWork() {
        Set<String> busy = jobs.atWork();
        return cluster.executors(spark.sc().applicationId()).stream()
                .filter(executor -> busy.contains(executor.id()))
                .sorted(Comparator.comparing(executor -> Integer.parseInt(executor.id())))
                .toList();
    }

    private void inflict(Fault fault, Executor victim) {
        switch (fault.kind()) {
            case KILL -> victim.process().destroyForcibly();
            case STOP -> {
                victim.signal("STOP");
                undo(fault, () -> {
                    if (victim.process().isAlive()) {
                        victim.signal("CONT");
                    }
                });
            }
            case CUT -> {
                cluster.cut(victim);
                undo(fault, () -> cluster.mend(victim));
            }
        }
    }

    private void undo(Fault fault, Runnable undone) {
        if (fault.seconds() > 0) {
            var unused = later.schedule(undone, (long) (fault.seconds() * 1000), TimeUnit.MILLISECONDS);
        }
    }
}

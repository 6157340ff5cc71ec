package org.lockstep.examples.bench.ours;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.StageInfo;
import scala.collection.Iterator;

/** Where the time of training went, from the named metrics that Lockstep's stages show on Spark's pages. */
final class StageTimes extends SparkListener {

    /** Waiting for input. */
    static final String STALL = "input stall (s)";

    /** Sums, update, and waiting for other workers. */
    static final String EXCHANGE = "exchange (s)";

    private static final long DEADLINE_SECONDS = 10;

    private record Stage(long submitted, Map<String, Double> seconds) {}

    private final List<Stage> stages = new ArrayList<>();

    @Override
    public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
        StageInfo stage = event.stageInfo();
        Map<String, Double> seconds = new HashMap<>();
        Iterator<AccumulableInfo> values = stage.accumulables().valuesIterator();
        while (values.hasNext()) {
            AccumulableInfo value = values.next();
            if (value.name().isDefined() && value.value().isDefined()) {
                String name = value.name().get();
                if (name.equals(STALL) || name.equals(EXCHANGE)) {
                    seconds.put(name, ((Number) value.value().get()).doubleValue());
                }
            }
        }
        if (!seconds.isEmpty()) {
            long submitted = stage.submissionTime().isDefined()
                    ? (long) stage.submissionTime().get()
                    : 0;
            stages.add(new Stage(submitted, seconds));
            notifyAll();
        }
    }

    /**
     * Seconds by metric, summed over all tasks of the stages that began after a time; Spark tells of a stage some time
     * after its end.
     *
     * @param millis of {@link System#currentTimeMillis}
     */
    synchronized Map<String, Double> since(long millis) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (stages.stream().noneMatch(stage -> stage.submitted() >= millis)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException(
                        "Cannot measure where training's time goes: no stage showed the metrics " + STALL + ", "
                                + EXCHANGE);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Cannot measure where training's time goes: interrupted", e);
            }
        }
        Map<String, Double> sums = new HashMap<>();
        for (Stage stage : stages) {
            if (stage.submitted() >= millis) {
                stage.seconds().forEach((metric, seconds) -> sums.merge(metric, seconds, Double::sum));
            }
        }
        return sums;
    }
}

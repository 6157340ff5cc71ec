package org.lockstep.examples.bench.ours;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.StageInfo;
import scala.collection.Iterator;

/** The seconds that training waited for input, from the named metric that Lockstep's stages show on Spark's pages. */
final class Stalls extends SparkListener {

    private static final String METRIC = "input stall (s)";
    private static final long DEADLINE_SECONDS = 10;

    private record Stage(long submitted, double seconds) {}

    private final List<Stage> stages = new ArrayList<>();

    @Override
    public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
        StageInfo stage = event.stageInfo();
        Iterator<AccumulableInfo> values = stage.accumulables().valuesIterator();
        while (values.hasNext()) {
            AccumulableInfo value = values.next();
            if (value.name().isDefined()
                    && value.name().get().equals(METRIC)
                    && value.value().isDefined()) {
                long submitted = stage.submissionTime().isDefined()
                        ? (long) stage.submissionTime().get()
                        : 0;
                stages.add(new Stage(submitted, ((Number) value.value().get()).doubleValue()));
                notifyAll();
            }
        }
    }

    /**
     * The sum over all tasks of the stages that began after a time; Spark tells of a stage some time after its end.
     *
     * @param millis of {@link System#currentTimeMillis}
     */
    synchronized double since(long millis) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (stages.stream().noneMatch(stage -> stage.submitted() >= millis)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException(
                        "Cannot measure how long training waits for input: no stage showed the metric " + METRIC);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Cannot measure how long training waits for input: interrupted", e);
            }
        }
        return stages.stream()
                .filter(stage -> stage.submitted() >= millis)
                .mapToDouble(Stage::seconds)
                .sum();
    }
}

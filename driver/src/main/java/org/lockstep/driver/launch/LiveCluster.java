package org.lockstep.driver.launch;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.cluster.CoarseGrainedSchedulerBackend;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.lockstep.executor.spark.WarmUp;
import scala.collection.JavaConverters;

/**
 * Spark's executors as {@link Newcomers} sees them.
 *
 * @param title what Spark's pages call a job that makes an executor ready
 * @param warmUp the work of each of its tasks
 * @param hears whether an executor, by Spark's id, has a line to the driver
 */
record LiveCluster(JavaSparkContext spark, String title, Supplier<WarmUp> warmUp, Predicate<String> hears)
        implements Newcomers.Cluster {

    @Override
    public Map<String, Newcomers.Place> executors() {
        Map<String, Newcomers.Place> here = new TreeMap<>();
        for (ExecutorSummary one :
                JavaConverters.seqAsJavaList(spark.sc().statusStore().executorList(true))) {
            String address = one.hostPort();
            // Where the driver runs no tasks, it is in the list without slots; one that is just coming has no address.
            if (one.maxTasks() > 0 && address != null && address.contains(":") && isActive(one.id())) {
                String host = address.substring(0, address.lastIndexOf(':'));
                here.put(one.id(), new Newcomers.Place(host, one.maxTasks()));
            }
        }
        return here;
    }

    /** The list hears of lost ones a little later. */
    private boolean isActive(String executor) {
        return !(spark.sc().schedulerBackend() instanceof CoarseGrainedSchedulerBackend backend)
                || backend.isExecutorActive(executor);
    }

    @Override
    public boolean hears(String executor) {
        return hears.test(executor);
    }

    @Override
    public Newcomers.Preparation prepare(String executor, Newcomers.Place place) {
        PlacedJob job = new PlacedJob(
                spark, Collections.nCopies(place.slots(), List.of("executor_%s_%s".formatted(place.host(), executor))));
        WarmUp work = warmUp.get();
        JavaFutureAction<?> running = Described.as(spark, title, () -> job.start(task -> work.run()));
        return new Newcomers.Preparation() {
            @Override
            public boolean isDone() {
                return running.isDone();
            }

            @Override
            public void cancel() {
                running.cancel(true);
            }
        };
    }

    @Override
    public boolean isAtWork(String executor) {
        return TakenSlots.byExecutor(spark).getOrDefault(executor, 0) > 0;
    }

    @Override
    public void replace(String executor, String reason) {
        LiveExecutors.replaceSoon(spark, executor, reason);
    }
}

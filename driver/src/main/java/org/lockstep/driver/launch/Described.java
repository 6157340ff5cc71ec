package org.lockstep.driver.launch;

import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.worker.RunOrder;

/** What Spark's pages call the jobs that this thread starts, until it is closed. */
final class Described implements AutoCloseable {

    private static final String PROPERTY = "spark.job.description";

    private final JavaSparkContext spark;
    private final @Nullable String before;

    private Described(JavaSparkContext spark, String description) {
        this.spark = spark;
        this.before = spark.getLocalProperty(PROPERTY);
        spark.setLocalProperty(PROPERTY, description);
    }

    static Described as(JavaSparkContext spark, String description) {
        return new Described(spark, description);
    }

    /** Training jobs of an epoch, 0-based. */
    static Described epoch(JavaSparkContext spark, int epoch, RunOrder order) {
        int last = order.windows().get(order.windows().size() - 1).epoch();
        int steps = order.updates(order.windows().get(0));
        return as(
                spark,
                "%s: epoch %d/%d%s"
                        .formatted(
                                order.model().name(),
                                epoch + 1,
                                last + 1,
                                steps == Integer.MAX_VALUE ? "" : ", " + steps + " steps"));
    }

    /** The job of a step, 0-based, of an epoch. */
    static Described step(JavaSparkContext spark, int epoch, int step, RunOrder order) {
        return as(spark, "%s: epoch %d, step %d".formatted(order.model().name(), epoch + 1, step + 1));
    }

    @Override
    public void close() {
        spark.setLocalProperty(PROPERTY, before);
    }
}

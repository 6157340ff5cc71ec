package org.lockstep.driver.launch;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.executor.worker.RunOrder;

/** What Spark's pages call jobs. */
final class Described {

    private static final String PROPERTY = "spark.job.description";

    private Described() {}

    /** Does some work whose jobs, started by this thread, have a description. */
    static <T> T as(JavaSparkContext spark, String description, Supplier<T> work) {
        String before = spark.getLocalProperty(PROPERTY);
        spark.setLocalProperty(PROPERTY, description);
        try {
            return work.get();
        } finally {
            spark.setLocalProperty(PROPERTY, before);
        }
    }

    /** For the job of an epoch, 0-based. */
    static String epoch(int epoch, RunOrder order) {
        int last = order.windows().get(order.windows().size() - 1).epoch();
        int steps = order.updates(order.windows().get(0));
        String count = steps == Integer.MAX_VALUE ? "" : ", " + steps + " steps";
        return "%s: epoch %d/%d%s".formatted(order.model().name(), epoch + 1, last + 1, count);
    }

    /** For the job of a step, 0-based, of an epoch. */
    static String step(int epoch, int step, RunOrder order) {
        return "%s: epoch %d, step %d".formatted(order.model().name(), epoch + 1, step + 1);
    }
}

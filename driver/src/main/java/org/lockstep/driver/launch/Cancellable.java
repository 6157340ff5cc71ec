package org.lockstep.driver.launch;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Jobs whose tasks leave at once when they are cancelled, also where they wait for others, or for data. */
final class Cancellable {

    private static final String INTERRUPTS = "spark.job.interruptOnCancel";

    private Cancellable() {}

    /** Starts a job that Spark's pages call by a description. */
    static <T> T start(JavaSparkContext spark, String description, Supplier<T> job) {
        String before = spark.getLocalProperty(INTERRUPTS);
        spark.setLocalProperty(INTERRUPTS, "true");
        try {
            return Described.as(spark, description, job);
        } finally {
            spark.setLocalProperty(INTERRUPTS, before);
        }
    }
}

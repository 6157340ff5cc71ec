package org.lockstep.examples.chaos;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** When Spark last began a job that trains: what a job does began after it did. */
final class JobStarts extends SparkListener {

    private static final String DESCRIPTION = "spark.job.description";

    private volatile long last;

    @Override
    public void onJobStart(SparkListenerJobStart start) {
        String description = start.properties().getProperty(DESCRIPTION, "");
        if (description.contains(": epoch ")) {
            last = start.time();
        }
    }

    /** Milliseconds of the clock on the wall. */
    long last() {
        return last;
    }
}

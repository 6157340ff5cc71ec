package org.lockstep.executor.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.report.Timing;

/** A segment's named accumulators, which Spark's pages show for the stage and for each task; times in seconds. */
public record SegmentMetrics(
        DoubleAccumulator images,
        DoubleAccumulator imagesPerSecond,
        DoubleAccumulator compute,
        DoubleAccumulator exchange,
        DoubleAccumulator stall)
        implements Serializable {

    private static final double NANOS = 1e9;

    /** Fresh ones. */
    public static SegmentMetrics of(SparkContext spark) {
        return new SegmentMetrics(
                spark.doubleAccumulator("images"),
                spark.doubleAccumulator("images/s"),
                spark.doubleAccumulator("compute (s)"),
                spark.doubleAccumulator("exchange (s)"),
                spark.doubleAccumulator("input stall (s)"));
    }

    /** Adds what a worker did. */
    void add(SegmentEnd end) {
        add(end.timing(), end.samples());
    }

    /** Adds what a worker did in some time. */
    void add(Timing timing, long samples) {
        images.add((double) samples);
        if (timing.total() > 0) {
            imagesPerSecond.add(samples / (timing.total() / NANOS));
        }
        compute.add(timing.compute() / NANOS);
        exchange.add(timing.exchange() / NANOS);
        stall.add(timing.stall() / NANOS);
    }
}

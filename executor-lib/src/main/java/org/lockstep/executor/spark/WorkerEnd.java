package org.lockstep.executor.spark;

import java.io.Serializable;
import java.util.ArrayList;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.report.QueueReport;

/**
 * What a worker of the network exchange brings back; the state it has brought to the driver's port.
 *
 * @param worker its number
 * @param executor Spark's id of the executor that it ran on
 * @param place that executor, for a reader
 * @param shards that it had
 * @param processor of its JVM
 * @param queues what the queues in its JVM did since the last report
 */
public record WorkerEnd(
        int worker,
        String executor,
        String place,
        int shards,
        SegmentEnd end,
        ProcessorTime processor,
        ArrayList<QueueReport> queues)
        implements Serializable {}

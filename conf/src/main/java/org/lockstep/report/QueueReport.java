package org.lockstep.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one shard's prefetch queue did since its last report. A queue that was empty whenever it was asked is the sign
 * that input is the bottleneck, and {@code stallNanos} says by how much.
 *
 * @param shard 0-based
 * @param batches taken from the queue
 * @param stallNanos nanoseconds that training waited for them
 * @param readySum batches that waited in the queue when training asked, added up over all takes
 * @param minReady the fewest of them at one take
 * @param maxBytes the most bytes that batches in the queue held; 0 without workers, where nothing waits
 * @param getNanos nanoseconds spent in making batches, all workers together, those made ahead for the next epoch included
 * @param skipped the bad records that were left out of its batches; where the shard was opened anew, perhaps again those
 *     of an earlier report
 */
public record QueueReport(
        int shard,
        long batches,
        long stallNanos,
        long readySum,
        int minReady,
        long maxBytes,
        long getNanos,
        List<String> skipped)
        implements Serializable {

    public QueueReport {
        skipped = List.copyOf(skipped);
    }

    /** Batches that waited in the queue when training asked, on average. */
    public double meanReady() {
        return batches == 0 ? 0 : (double) readySum / batches;
    }

    /** This and a later report of the same queue as one. */
    public QueueReport plus(QueueReport later) {
        int fewest = batches == 0 ? later.minReady : later.batches == 0 ? minReady : Math.min(minReady, later.minReady);
        List<String> all = new ArrayList<>(skipped);
        all.addAll(later.skipped);
        return new QueueReport(
                shard,
                batches + later.batches,
                stallNanos + later.stallNanos,
                readySum + later.readySum,
                fewest,
                Math.max(maxBytes, later.maxBytes),
                getNanos + later.getNanos,
                all);
    }
}

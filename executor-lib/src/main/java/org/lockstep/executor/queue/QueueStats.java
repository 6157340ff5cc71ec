package org.lockstep.executor.queue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.report.QueueReport;

/** Counts for a {@link QueueReport}; thread-safe. */
final class QueueStats {

    private final int shard;
    private long batches;
    private long stallNanos;
    private long readySum;
    private int minReady;
    private long bytes;
    private long maxBytes;
    private long getNanos;
    private List<String> skipped = new ArrayList<>();

    QueueStats(int shard) {
        this.shard = shard;
    }

    synchronized void taken(int ready, long nanos) {
        minReady = batches == 0 ? ready : Math.min(minReady, ready);
        batches++;
        readySum += ready;
        stallNanos += nanos;
    }

    synchronized void made(long nanos, List<String> leftOut) {
        getNanos += nanos;
        skipped.addAll(leftOut);
    }

    synchronized void queued(Batch batch) {
        bytes += bytes(batch);
        maxBytes = Math.max(maxBytes, bytes);
    }

    synchronized void unqueued(Batch batch) {
        bytes -= bytes(batch);
    }

    synchronized void emptied() {
        bytes = 0;
    }

    /** What was counted since the last report. */
    synchronized QueueReport drain() {
        QueueReport report =
                new QueueReport(shard, batches, stallNanos, readySum, minReady, maxBytes, getNanos, skipped);
        batches = 0;
        stallNanos = 0;
        readySum = 0;
        minReady = 0;
        maxBytes = bytes;
        getNanos = 0;
        skipped = new ArrayList<>();
        return report;
    }

    private static long bytes(Batch batch) {
        return bytes(batch.x()) + bytes(batch.y()) + bytes(batch.sampleWeight());
    }

    private static long bytes(@Nullable Tensor tensor) {
        return tensor == null ? 0 : (long) tensor.size() * (tensor.isBytes() ? 1 : Float.BYTES);
    }
}

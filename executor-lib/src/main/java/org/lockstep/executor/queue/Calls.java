package org.lockstep.executor.queue;

import org.lockstep.data.Batch;
import org.lockstep.data.Feed;
import org.lockstep.data.Window;

/** The calls to a shard's feed, whose failures name shard, epoch and index. */
record Calls(Feed feed, int shard, QueueStats stats) {

    void begin(Window window) {
        try {
            feed.onEpochBegin(window.epoch());
        } catch (Throwable e) {
            throw BatchFailedException.hook("begin", shard, window.epoch(), e);
        }
    }

    Batch get(Route.Place place) {
        long start = System.nanoTime();
        try {
            Batch batch = feed.get(place.window(), place.step());
            stats.made(System.nanoTime() - start, feed.drainSkipped());
            return batch;
        } catch (Throwable e) {
            throw BatchFailedException.get(shard, place, e);
        }
    }

    void end(Window window) {
        try {
            feed.onEpochEnd(window.epoch());
        } catch (Throwable e) {
            throw BatchFailedException.hook("end", shard, window.epoch(), e);
        }
    }
}

package org.lockstep.executor.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.lockstep.data.Batch;
import org.lockstep.data.Feed;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;

/** Batches of one value, 10 × epoch + step; notes its hooks and may do something in each get. */
final class RecordingFeed implements Feed {

    final List<String> events = new CopyOnWriteArrayList<>();
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger made = new AtomicInteger();
    final boolean randomAccess;
    volatile IntConsumer onGet = value -> {};
    volatile IntConsumer onEnd = epoch -> {};

    RecordingFeed(boolean randomAccess) {
        this.randomAccess = randomAccess;
    }

    @Override
    public boolean isRandomAccess() {
        return randomAccess;
    }

    @Override
    public void onEpochBegin(int epoch) {
        events.add("begin " + epoch);
    }

    @Override
    public Batch get(Window window, int step) {
        int value = 10 * window.epoch() + step;
        begun.incrementAndGet();
        onGet.accept(value);
        events.add("get " + value);
        // Last: who has seen the count sees the event.
        made.incrementAndGet();
        Tensor one = Tensor.of(new int[] {1}, value);
        return new Batch(one, one);
    }

    @Override
    public void onEpochEnd(int epoch) {
        onEnd.accept(epoch);
        events.add("end " + epoch);
    }

    @Override
    public void close() {
        events.add("close");
    }
}

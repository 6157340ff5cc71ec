package org.lockstep.executor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.data.Batch;
import org.lockstep.data.Feed;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;

@Timeout(30)
class PrefetchQueueTest {

    private static final List<Window> WINDOWS = List.of(Window.of(0, 3), Window.of(1, 3));

    private static int updates(Window window) {
        return window.updates(1);
    }

    /** Batches that say their epoch and index; one index may fail the first time. */
    private static final class Counting implements Feed {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final AtomicInteger made = new AtomicInteger();
        private volatile int epoch;
        private volatile int failing = -1;

        @Override
        public boolean isRandomAccess() {
            return true;
        }

        @Override
        public void onEpochBegin(int value) {
            epoch = value;
            events.add("begin " + value);
        }

        @Override
        public void onEpochEnd(int value) {
            events.add("end");
        }

        @Override
        public Batch get(Window window, int index) {
            made.incrementAndGet();
            if (index == failing) {
                failing = -1;
                throw new IllegalStateException("record 17 is broken");
            }
            Tensor one = Tensor.of(new int[] {1}, epoch * 10 + index);
            return new Batch(one, one);
        }

        @Override
        public void close() {
            events.add("close");
        }
    }

    private static float value(Batch batch) {
        return batch.x().values()[0];
    }

    @Test
    void take_inOrder_deliversEveryBatchOfEveryEpoch() throws Exception {
        Counting sequence = new Counting();
        try (PrefetchQueue queue = new PrefetchQueue(sequence, 0, WINDOWS, PrefetchQueueTest::updates, 2)) {
            for (int epoch = 0; epoch < 2; epoch++) {
                for (int step = 0; step < 3; step++) {
                    assertThat(value(queue.take(Window.of(epoch, 3), step))).isEqualTo(epoch * 10 + step);
                }
            }
        }
        assertThat(sequence.events).containsExactly("begin 0", "end", "begin 1", "end", "close");
        assertThat(sequence.made).hasValue(6);
    }

    @Test
    void take_again_givesTheSameBatch() throws Exception {
        try (PrefetchQueue queue = new PrefetchQueue(new Counting(), 0, WINDOWS, PrefetchQueueTest::updates, 4)) {
            assertThat(value(queue.take(Window.of(0, 3), 1))).isEqualTo(1);
            assertThat(value(queue.take(Window.of(0, 3), 1))).isEqualTo(1);
            assertThat(value(queue.take(Window.of(1, 3), 2))).isEqualTo(12);
            assertThat(value(queue.take(Window.of(0, 3), 0))).isEqualTo(0);
        }
    }

    @Test
    void take_sequenceFails_namesShardEpochAndIndexAndGoesOn() throws Exception {
        Counting sequence = new Counting();
        sequence.failing = 2;
        try (PrefetchQueue queue = new PrefetchQueue(sequence, 4, WINDOWS, PrefetchQueueTest::updates, 1)) {
            queue.take(Window.of(0, 3), 0);
            queue.take(Window.of(0, 3), 1);
            assertThatThrownBy(() -> queue.take(Window.of(0, 3), 2))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessage("Cannot get batch 2 of epoch 1 of shard 4: record 17 is broken");
            assertThat(value(queue.take(Window.of(0, 3), 2))).isEqualTo(2);
        }
    }

    @Test
    void queue_ofNoSize_isRefused() {
        assertThatThrownBy(() -> new PrefetchQueue(new Counting(), 0, WINDOWS, PrefetchQueueTest::updates, 0))
                .hasMessage("Invalid `max_queue_size`: must be at least 1. Received: 0");
    }
}

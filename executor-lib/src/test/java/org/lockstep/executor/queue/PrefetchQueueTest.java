package org.lockstep.executor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;

@Timeout(30)
class PrefetchQueueTest {

    /** Batches that say their epoch and index; one index may fail the first time. */
    private static final class Counting implements Sequence {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final AtomicInteger made = new AtomicInteger();
        private volatile int epoch;
        private volatile int failing = -1;

        @Override
        public int length() {
            return 3;
        }

        @Override
        public void onEpochBegin(int value) {
            epoch = value;
            events.add("begin " + value);
        }

        @Override
        public void onEpochEnd() {
            events.add("end");
        }

        @Override
        public Batch get(int index) {
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
        try (PrefetchQueue queue = new PrefetchQueue(sequence, 0, 3, 2, 2)) {
            for (int epoch = 0; epoch < 2; epoch++) {
                for (int step = 0; step < 3; step++) {
                    assertThat(value(queue.take(epoch, step))).isEqualTo(epoch * 10 + step);
                }
            }
        }
        assertThat(sequence.events).containsExactly("begin 0", "end", "begin 1", "end", "close");
        assertThat(sequence.made).hasValue(6);
    }

    @Test
    void take_again_givesTheSameBatch() throws Exception {
        try (PrefetchQueue queue = new PrefetchQueue(new Counting(), 0, 3, 2, 4)) {
            assertThat(value(queue.take(0, 1))).isEqualTo(1);
            assertThat(value(queue.take(0, 1))).isEqualTo(1);
            assertThat(value(queue.take(1, 2))).isEqualTo(12);
            assertThat(value(queue.take(0, 0))).isEqualTo(0);
        }
    }

    @Test
    void take_sequenceFails_namesShardEpochAndIndexAndGoesOn() throws Exception {
        Counting sequence = new Counting();
        sequence.failing = 2;
        try (PrefetchQueue queue = new PrefetchQueue(sequence, 4, 3, 2, 1)) {
            queue.take(0, 0);
            queue.take(0, 1);
            assertThatThrownBy(() -> queue.take(0, 2))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessage("Cannot get batch 2 of epoch 1 of shard 4: record 17 is broken");
            assertThat(value(queue.take(0, 2))).isEqualTo(2);
        }
    }

    @Test
    void queue_ofNoSize_isRefused() {
        assertThatThrownBy(() -> new PrefetchQueue(new Counting(), 0, 3, 1, 0))
                .hasMessage("Invalid `max_queue_size`: must be at least 1. Received: 0");
    }
}

package org.lockstep.executor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.InputConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Window;

@Timeout(30)
class PrefetchQueueTest {

    private static final int STEPS = 3;

    private final RecordingFeed feed = new RecordingFeed(true);

    private PrefetchQueue queue(int epochs, int size, int workers) {
        List<Window> windows =
                IntStream.range(0, epochs).mapToObj(PrefetchQueueTest::window).toList();
        return new PrefetchQueue(
                new QueueOrder(4, windows, window -> STEPS, new InputConf(size, workers, false)), () -> feed);
    }

    private static Window window(int epoch) {
        return Window.of(epoch, STEPS);
    }

    private static float take(PrefetchQueue queue, int epoch, int step) throws InterruptedException {
        Batch batch = queue.take(window(epoch), step);
        return batch.x().values()[0];
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void take_wholeRun_givesEveryBatchInOrderBetweenItsEpochsHooks(int workers) throws Exception {
        List<Float> taken = new ArrayList<>();
        try (PrefetchQueue queue = queue(3, 2, workers)) {
            for (int epoch = 0; epoch < 3; epoch++) {
                for (int step = 0; step < STEPS; step++) {
                    taken.add(take(queue, epoch, step));
                }
                assertThat(feed.events).contains("end " + epoch);
            }
        }
        assertThat(taken).containsExactly(0f, 1f, 2f, 10f, 11f, 12f, 20f, 21f, 22f);
        assertThat(feed.made).hasValue(9);
        assertThat(feed.events).hasSize(16).endsWith("close");
        for (int epoch = 0; epoch < 3; epoch++) {
            List<String> events = feed.events.subList(5 * epoch, 5 * epoch + 5);
            assertThat(events.get(0)).isEqualTo("begin " + epoch);
            assertThat(events.get(4)).isEqualTo("end " + epoch);
            assertThat(events.subList(1, 4))
                    .containsExactlyInAnyOrder(
                            "get " + 10 * epoch, "get " + (10 * epoch + 1), "get " + (10 * epoch + 2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void take_elsewhere_givesThatBatchAndGoesOnThere(int workers) throws Exception {
        try (PrefetchQueue queue = queue(3, 4, workers)) {
            assertThat(take(queue, 0, 1)).isEqualTo(1);
            assertThat(take(queue, 0, 1)).isEqualTo(1);
            assertThat(take(queue, 1, 2)).isEqualTo(12);
            assertThat(take(queue, 2, 0)).isEqualTo(20);
            assertThat(take(queue, 0, 0)).isEqualTo(0);
            assertThat(take(queue, 0, 1)).isEqualTo(1);
        }
    }

    @Test
    void take_windowThatWasNotExpected_givesItAndMakesNothingAfterIt() throws Exception {
        Window other = new Window(0, 0, 0, 7, 2);
        try (PrefetchQueue queue = queue(2, 9, 1)) {
            for (int step = 0; step < STEPS; step++) {
                queue.take(other, step);
            }
            assertThat(take(queue, 1, 0)).isEqualTo(10);
            assertThat(feed.events).startsWith("begin 0", "get 0", "get 1", "get 2", "end 0", "begin 1");
            assertThat(feed.events.stream().filter("begin 1"::equals)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void take_getFails_namesShardEpochAndIndexAndGoesOnWithANewFeed(int workers) throws Exception {
        AtomicInteger failures = new AtomicInteger();
        feed.onGet = value -> {
            if (value == 12 && failures.getAndIncrement() == 0) {
                throw new IllegalStateException("record 17 is broken");
            }
        };
        try (PrefetchQueue queue = queue(2, 9, workers)) {
            take(queue, 1, 0);
            assertThat(take(queue, 1, 1)).isEqualTo(11);
            assertThatThrownBy(() -> take(queue, 1, 2))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessage("Cannot get batch 2 of epoch 2 of shard 4: record 17 is broken")
                    .hasRootCauseInstanceOf(IllegalStateException.class);
            assertThat(feed.events).endsWith("close").doesNotContain("end 1");
            assertThat(take(queue, 1, 2)).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void take_endHookFails_failsTheEpochsLastBatch(int workers) throws Exception {
        feed.onEnd = epoch -> {
            throw new IllegalStateException("cannot sort");
        };
        try (PrefetchQueue queue = queue(2, 9, workers)) {
            take(queue, 0, 0);
            take(queue, 0, 1);
            assertThatThrownBy(() -> take(queue, 0, 2)).hasMessage("Cannot end epoch 1 of shard 4: cannot sort");
        }
    }

    @Test
    void take_noWorkers_makesTheBatchInTheCallersThread() throws Exception {
        List<Thread> threads = new ArrayList<>();
        feed.onGet = value -> threads.add(Thread.currentThread());
        try (PrefetchQueue queue = queue(1, 4, 0)) {
            take(queue, 0, 0);
            assertThat(threads).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void take_afterClose_fails() throws Exception {
        PrefetchQueue queue = queue(1, 4, 1);
        take(queue, 0, 0);
        queue.close();
        assertThatThrownBy(() -> take(queue, 0, 1)).hasMessageContaining("the queue is closed");
    }

    @Test
    void take_stepTheEpochDoesNotHave_isRefused() {
        try (PrefetchQueue queue = queue(1, 4, 1)) {
            assertThatThrownBy(() -> take(queue, 0, 3))
                    .hasMessage("Cannot give batch 3 of epoch 1 of shard 4: an epoch has 3 batches");
        }
    }
}

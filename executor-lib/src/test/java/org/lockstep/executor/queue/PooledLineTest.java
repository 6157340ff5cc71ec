package org.lockstep.executor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.InputConf;
import org.lockstep.data.Window;
import org.lockstep.report.QueueReport;

/** What the threads of a queue do at once. */
@Timeout(30)
class PooledLineTest {

    private static PrefetchQueue queue(RecordingFeed feed, int epochs, int steps, int size, int workers) {
        List<Window> windows = IntStream.range(0, epochs)
                .mapToObj(epoch -> Window.of(epoch, steps))
                .toList();
        return new PrefetchQueue(
                new QueueOrder(0, windows, window -> steps, new InputConf(size, workers, false)), () -> feed);
    }

    private static float value(PrefetchQueue queue, int epoch, int steps, int step) throws InterruptedException {
        return queue.take(Window.of(epoch, steps), step).x().values()[0];
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    @Test
    void take_batchesDoneInReverse_givesThemInOrder() throws Exception {
        RecordingFeed feed = new RecordingFeed(true);
        List<CountDownLatch> done =
                IntStream.range(0, 3).mapToObj(step -> new CountDownLatch(1)).toList();
        feed.onGet = step -> {
            if (step < 2) {
                await(done.get(step + 1));
            }
            done.get(step).countDown();
        };
        List<Float> taken = new ArrayList<>();
        try (PrefetchQueue queue = queue(feed, 1, 3, 3, 3)) {
            for (int step = 0; step < 3; step++) {
                taken.add(value(queue, 0, 3, step));
            }
        }
        assertThat(taken).containsExactly(0f, 1f, 2f);
    }

    @Test
    void get_workers_areThatManyAtOnce() throws Exception {
        RecordingFeed feed = new RecordingFeed(true);
        CyclicBarrier together = new CyclicBarrier(3);
        feed.onGet = step -> {
            try {
                together.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        try (PrefetchQueue queue = queue(feed, 1, 6, 6, 3)) {
            assertThat(value(queue, 0, 6, 0)).isZero();
            for (int step = 1; step < 6; step++) {
                value(queue, 0, 6, step);
            }
        }
    }

    @Test
    void get_stream_isCalledByOneThreadWhateverTheWorkers() throws Exception {
        RecordingFeed feed = new RecordingFeed(false);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        feed.onGet = step -> threads.add(Thread.currentThread());
        try (PrefetchQueue queue = queue(feed, 2, 9, 4, 3)) {
            for (int step = 0; step < 18; step++) {
                value(queue, step / 9, 9, step % 9);
            }
        }
        assertThat(threads).hasSize(1);
        assertThat(feed.events.stream().filter(event -> event.startsWith("get")))
                .containsExactlyElementsOf(IntStream.range(0, 18)
                        .mapToObj(step -> "get " + (step / 9 * 10 + step % 9))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void queue_nobodyTakes_holdsExactlyItsSize(int size) throws Exception {
        RecordingFeed feed = new RecordingFeed(true);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        feed.onGet = step -> most.accumulateAndGet(feed.begun.get() - taken.get(), Math::max);
        try (PrefetchQueue queue = queue(feed, 1, 20, size, 3)) {
            for (int step = 0; step < 20; step++) {
                value(queue, 0, 20, step);
                taken.incrementAndGet();
                int full = Math.min(20, step + 1 + size);
                waitUntil(() -> feed.made.get() == full);
                assertThat(feed.begun).hasValue(full);
            }
        }
        // A get may begin between a batch's being taken and counted.
        assertThat(most.get()).isBetween(size, size + 1);
    }

    @Test
    void queue_epochTaken_fillsForTheNext() throws Exception {
        RecordingFeed feed = new RecordingFeed(true);
        try (PrefetchQueue queue = queue(feed, 3, 2, 2, 3)) {
            value(queue, 0, 2, 0);
            value(queue, 0, 2, 1);
            waitUntil(() -> feed.events.contains("end 1"));
            assertThat(feed.made).hasValue(4);
            assertThat(value(queue, 1, 2, 0)).isEqualTo(10);
        }
    }

    @Test
    void begin_slowGetOfTheEpochBefore_waitsForItAndForItsEnd() throws Exception {
        RecordingFeed feed = new RecordingFeed(true);
        CountDownLatch slow = new CountDownLatch(1);
        feed.onGet = value -> {
            if (value == 0) {
                await(slow);
            }
        };
        try (PrefetchQueue queue = queue(feed, 2, 3, 6, 3)) {
            FutureTask<Float> first = new FutureTask<>(() -> value(queue, 0, 3, 0));
            Thread consumer = new Thread(first);
            consumer.start();
            waitUntil(() -> feed.made.get() == 2 && isWaiting(consumer));
            assertThat(feed.events).containsExactlyInAnyOrder("begin 0", "get 1", "get 2");
            slow.countDown();
            assertThat(first.get()).isZero();
            waitUntil(() -> feed.events.contains("end 1"));
            assertThat(feed.events.subList(3, 6)).containsExactly("get 0", "end 0", "begin 1");
        }
    }

    @Test
    void threads_ofAQueue_areDaemonsWithItsMakersClassLoaderAndEndWithIt() throws Exception {
        RecordingFeed feed = new RecordingFeed(true);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Set<ClassLoader> loaders = ConcurrentHashMap.newKeySet();
        feed.onGet = step -> {
            threads.add(Thread.currentThread());
            loaders.add(Thread.currentThread().getContextClassLoader());
        };
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader task = new URLClassLoader(new URL[0], before)) {
            Thread.currentThread().setContextClassLoader(task);
            try (PrefetchQueue queue = queue(feed, 1, 9, 3, 2)) {
                Thread.currentThread().setContextClassLoader(before);
                for (int step = 0; step < 9; step++) {
                    value(queue, 0, 9, step);
                }
                assertThat(threads).allMatch(Thread::isDaemon).allMatch(Thread::isAlive);
                assertThat(threads).allMatch(thread -> thread.getName().startsWith("lockstep-prefetch-shard-0-"));
            }
            assertThat(loaders).containsExactly(task);
            // A pool is terminated a moment before its last thread is.
            waitUntil(() -> threads.stream().noneMatch(Thread::isAlive));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void close_consumerWaitsForAGetThatHangs_endsBoth() throws Exception {
        RecordingFeed feed = new RecordingFeed(true);
        CountDownLatch never = new CountDownLatch(1);
        feed.onGet = step -> await(never);
        PrefetchQueue queue = queue(feed, 1, 3, 3, 1);
        FutureTask<Float> take = new FutureTask<>(() -> value(queue, 0, 3, 0));
        Thread consumer = new Thread(take);
        consumer.start();
        waitUntil(() -> feed.begun.get() == 1 && isWaiting(consumer));
        queue.close();
        assertThatThrownBy(take::get).hasMessageContaining("the queue is closed");
        assertThat(feed.events).containsExactly("begin 0", "close");
    }

    @Test
    void drainReport_fullQueue_countsBatchesDepthAndBytes() throws Exception {
        RecordingFeed feed = new RecordingFeed(true);
        try (PrefetchQueue queue = queue(feed, 1, 20, 4, 2)) {
            value(queue, 0, 20, 0);
            waitUntil(() -> feed.made.get() == 5);
            queue.drainReport();
            value(queue, 0, 20, 1);
            waitUntil(() -> feed.made.get() == 6);
            value(queue, 0, 20, 2);
            QueueReport report = queue.drainReport();
            assertThat(report.batches()).isEqualTo(2);
            // The batch made last is perhaps still on its way into the queue.
            assertThat(report.minReady()).isBetween(3, 4);
            assertThat(report.meanReady()).isBetween(3.0, 4.0);
            // Four batches of one x and one y.
            assertThat(report.maxBytes()).isBetween(3L * 8, 4L * 8);
            assertThat(report.getNanos()).isPositive();
            assertThat(queue.drainReport().batches()).isZero();
        }
    }

    @Test
    void drainReport_slowFeed_saysThatTrainingWaited() throws Exception {
        RecordingFeed feed = new RecordingFeed(true);
        CountDownLatch slow = new CountDownLatch(1);
        feed.onGet = value -> await(slow);
        try (PrefetchQueue queue = queue(feed, 1, 2, 1, 1)) {
            FutureTask<Float> take = new FutureTask<>(() -> value(queue, 0, 2, 0));
            Thread consumer = new Thread(take);
            consumer.start();
            waitUntil(() -> feed.begun.get() == 1 && isWaiting(consumer));
            long from = System.nanoTime();
            long until = from + Duration.ofMillis(20).toNanos();
            waitUntil(() -> System.nanoTime() > until);
            slow.countDown();
            take.get();
            QueueReport report = queue.drainReport();
            assertThat(report.stallNanos()).isGreaterThan(until - from);
            assertThat(report.minReady()).isZero();
        }
    }
}

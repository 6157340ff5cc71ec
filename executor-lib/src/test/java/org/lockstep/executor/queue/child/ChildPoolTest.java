package org.lockstep.executor.queue.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.conf.CrashPolicy;
import org.lockstep.conf.InputConf;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchGenerator;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Feed;
import org.lockstep.data.Sequence;
import org.lockstep.data.Shard;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;
import org.lockstep.executor.queue.BatchFailedException;
import org.lockstep.executor.queue.PrefetchQueue;
import org.lockstep.executor.queue.QueueOrder;
import org.lockstep.executor.queue.child.ScriptedSequence.Script;

@Timeout(120)
class ChildPoolTest {

    private static final BatchOrder ORDER = new BatchOrder(1, 5, true);
    private static final BatchOrder IN_ORDER = new BatchOrder(1, 5, false);

    @TempDir
    private Path folder;

    private Shard shard(Script script) {
        return new ScriptedSequence(script, folder.resolve("marker")).shard(0, 1);
    }

    private static PrefetchQueue queue(ChildPool pool, Shard shard, BatchOrder order, int epochs, int workers) {
        List<Window> windows =
                IntStream.range(0, epochs).mapToObj(ChildPoolTest::window).toList();
        return new PrefetchQueue(
                new QueueOrder(7, windows, window -> 6, new InputConf(4, workers, true)),
                () -> pool.open(shard, order));
    }

    private static Window window(int epoch) {
        return Window.of(epoch, 6);
    }

    private static List<Tensor> inputs(PrefetchQueue queue, int epochs, Set<Float> makers) throws Exception {
        List<Tensor> inputs = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int step = 0; step < 6; step++) {
                Batch batch = queue.take(window(epoch), step);
                inputs.add(batch.x());
                makers.add(batch.y().values()[0]);
            }
        }
        return inputs;
    }

    /** The same in this thread. */
    private static List<Tensor> expected(Shard shard, BatchOrder order, int epochs) {
        List<Tensor> inputs = new ArrayList<>();
        try (Feed feed = shard.open(order)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                feed.onEpochBegin(epoch);
                for (int step = 0; step < 6; step++) {
                    inputs.add(feed.get(window(epoch), step).x());
                }
                feed.onEpochEnd(epoch);
            }
        }
        return inputs;
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().toList();
    }

    @Test
    void take_twoChildren_givesTheBatchesOfTheThreadAndLeavesNoProcess() throws Exception {
        Shard shard = shard(Script.NOTHING);
        Set<Float> makers = ConcurrentHashMap.newKeySet();
        assertThat(children()).isEmpty();
        try (ChildPool pool = new ChildPool(2, CrashPolicy.FAIL);
                PrefetchQueue queue = queue(pool, shard, ORDER, 3, 2)) {
            assertThat(inputs(queue, 3, makers)).isEqualTo(expected(shard, ORDER, 3));
            assertThat(children()).hasSizeBetween(1, 2);
        }
        assertThat(makers).hasSizeBetween(1, 2).doesNotContain((float)
                ProcessHandle.current().pid());
        assertThat(children()).isEmpty();
    }

    @Test
    void get_childIsAtWork_isAnsweredByAnotherAndClosingEndsBoth() throws Exception {
        Shard shard = shard(Script.HANG);
        FutureTask<Batch> hanging;
        try (ChildPool pool = new ChildPool(2, CrashPolicy.RESTART)) {
            Feed feed = pool.open(shard, IN_ORDER);
            feed.onEpochBegin(0);
            hanging = hanging(() -> feed.get(window(0), 3));
            assertThat(feed.get(window(0), 4).x().values()).containsExactly(1, 4);
            assertThat(children()).hasSize(2);
        }
        assertThatThrownBy(hanging::get).hasMessageContaining("the run has ended");
        assertThat(children()).isEmpty();
    }

    @Test
    void describe_shuffled_asksTheChildForTheIndex() throws Exception {
        Shard shard = shard(Script.NOTHING);
        try (ChildPool pool = new ChildPool(1, CrashPolicy.FAIL);
                PrefetchQueue queue = queue(pool, shard, ORDER, 1, 1)) {
            assertThat(queue.describe(window(0), 2)).isEmpty();
            int index = (int) queue.take(window(0), 2).x().values()[1];
            assertThat(queue.describe(window(0), 2)).isEqualTo(" (index " + index + ")");
        }
    }

    @Test
    void take_twoShardsOfOneRun_shareTheChild() throws Exception {
        Sequence data = new ScriptedSequence(Script.NOTHING, folder);
        Set<Float> makers = ConcurrentHashMap.newKeySet();
        try (ChildPool pool = new ChildPool(1, CrashPolicy.FAIL);
                PrefetchQueue first = queue(pool, data.shard(0, 2), ORDER, 1, 1);
                PrefetchQueue second = queue(pool, data.shard(1, 2), ORDER, 1, 1)) {
            for (int step = 0; step < 3; step++) {
                makers.add(first.take(window(0), step).y().values()[0]);
                makers.add(second.take(window(0), step).y().values()[0]);
            }
        }
        assertThat(makers).hasSize(1);
    }

    @Test
    void take_childCrashesInGet_isStartedAgainInTheSameState() throws Exception {
        Set<Float> makers = ConcurrentHashMap.newKeySet();
        List<Tensor> expected = expected(shard(Script.NOTHING), IN_ORDER, 3);
        try (ChildPool pool = new ChildPool(1, CrashPolicy.RESTART);
                PrefetchQueue queue = queue(pool, shard(Script.HALT_ONCE), IN_ORDER, 3, 1)) {
            // Begins in the middle, so that the first child and the second have hooks to repeat.
            queue.take(window(1), 2);
            assertThat(queue.take(window(1), 3).x()).isEqualTo(expected.get(9));
            assertThat(folder.resolve("marker")).exists();
            assertThat(inputs(queue, 3, makers)).isEqualTo(expected);
        }
        assertThat(makers).hasSize(1);
        assertThat(children()).isEmpty();
    }

    @Test
    void take_policyIsToFail_namesExitCodeAndLastLines() throws Exception {
        try (ChildPool pool = new ChildPool(1, CrashPolicy.FAIL);
                PrefetchQueue queue = queue(pool, shard(Script.HALT), IN_ORDER, 1, 1)) {
            queue.take(window(0), 2);
            assertThatThrownBy(() -> queue.take(window(0), 3))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessageMatching(
                            "(?s)Cannot get batch 3 of epoch 1 of shard 7: the child process \\d+ ended with"
                                    + " exit code 3\\. Its last lines:\\n.*  decoder: corrupt state");
        }
    }

    @Test
    void take_batchThatAlwaysCrashes_isGivenUpAfterThreeRestarts() throws Exception {
        try (ChildPool pool = new ChildPool(1, CrashPolicy.RESTART);
                PrefetchQueue queue = queue(pool, shard(Script.HALT), IN_ORDER, 1, 1)) {
            queue.take(window(0), 2);
            assertThatThrownBy(() -> queue.take(window(0), 3))
                    .hasMessageContaining("exit code 3")
                    .hasMessageContaining("4 children have died of it");
        }
    }

    @Test
    void take_childIsKilled_namesTheSignal() throws Exception {
        try (ChildPool pool = new ChildPool(1, CrashPolicy.FAIL);
                PrefetchQueue queue = queue(pool, shard(Script.HANG), IN_ORDER, 1, 1)) {
            FutureTask<Batch> take = hanging(() -> queue.take(window(0), 3));
            children().forEach(ProcessHandle::destroyForcibly);
            assertThatThrownBy(take::get).hasMessageContaining("ended with exit code 137 (signal 9)");
        }
    }

    @Test
    void close_childHangs_endsIt() throws Exception {
        FutureTask<Batch> take;
        try (ChildPool pool = new ChildPool(1, CrashPolicy.RESTART);
                PrefetchQueue queue = queue(pool, shard(Script.HANG), IN_ORDER, 1, 1)) {
            take = hanging(() -> queue.take(window(0), 3));
        }
        assertThatThrownBy(take::get).hasMessageContaining("the queue is closed");
        assertThat(children()).isEmpty();
    }

    /** A thread that waits for a batch which the child is already at, and hangs in. */
    private FutureTask<Batch> hanging(Callable<Batch> call) {
        FutureTask<Batch> take = new FutureTask<>(call);
        new Thread(take).start();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Files.exists(folder.resolve("marker"))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        return take;
    }

    @Test
    void take_getThrows_saysWhatAndWhere() throws Exception {
        try (ChildPool pool = new ChildPool(1, CrashPolicy.RESTART);
                PrefetchQueue queue = queue(pool, shard(Script.THROW), IN_ORDER, 1, 1)) {
            assertThatThrownBy(() -> queue.take(window(0), 3))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessage("Cannot get batch 3 of epoch 1 of shard 7: index 3: record 17 is broken")
                    .hasStackTraceContaining("ScriptedSequence.act")
                    .hasStackTraceContaining("java.lang.IllegalStateException: record 17 is broken");
            assertThat(queue.take(window(0), 4).x().values()[1]).isEqualTo(4);
        }
    }

    @Test
    void take_getPrints_doesNoHarm() throws Exception {
        try (ChildPool pool = new ChildPool(1, CrashPolicy.FAIL);
                PrefetchQueue queue = queue(pool, shard(Script.PRINT), IN_ORDER, 1, 1)) {
            assertThat(inputs(queue, 1, ConcurrentHashMap.newKeySet()))
                    .isEqualTo(expected(shard(Script.NOTHING), IN_ORDER, 1));
        }
    }

    @Test
    void take_stream_isReadByOneChildAndMadeAnewAfterAStepBack() throws Exception {
        BatchGenerator generator = (shard, shards, seed, epoch) -> IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new Batch(Tensor.of(new int[] {1}, i), Tensor.of(new int[] {1}, (float)
                        ProcessHandle.current().pid())))
                .iterator();
        try (ChildPool pool = new ChildPool(2, CrashPolicy.FAIL);
                PrefetchQueue queue = queue(pool, generator.shard(0, 1), IN_ORDER, 1, 2)) {
            assertThat(queue.take(window(0), 4).x().values()).containsExactly(4);
            assertThat(queue.take(window(0), 3).x().values()).containsExactly(3);
            assertThat(children()).hasSize(1);
        }
    }

    @Test
    void take_classThatOnlyTheParentSees_isFoundByTheChild() throws Exception {
        Path source = folder.resolve("Remote.java");
        Files.writeString(source, """
                import org.lockstep.data.*;
                public class Remote implements Sequence {
                    public int length() { return 6; }
                    public Batch get(int index) {
                        try (var in = Remote.class.getResourceAsStream("remote.txt")) {
                            return new Batch(Inner.of(in.read()), Inner.of(index));
                        } catch (java.io.IOException e) { throw new IllegalStateException(e); }
                    }
                    static class Inner { static Tensor of(int value) { return Tensor.of(new int[] {1}, value); } }
                }
                """);
        Files.writeString(folder.resolve("remote.txt"), "A");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString()))
                .isZero();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader task = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(task);
            Sequence data =
                    (Sequence) task.loadClass("Remote").getDeclaredConstructor().newInstance();
            try (ChildPool pool = new ChildPool(1, CrashPolicy.FAIL);
                    PrefetchQueue queue = queue(pool, data.shard(0, 1), IN_ORDER, 1, 1)) {
                Batch batch = queue.take(window(0), 2);
                assertThat(batch.x().values()).containsExactly('A');
                assertThat(batch.y().values()).containsExactly(2);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void child_parentIsKilled_ends() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedParent.class.getName(),
                        folder.resolve("marker").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            parent.destroyForcibly().waitFor();
            child.onExit().get(20, TimeUnit.SECONDS);
            assertThat(child.isAlive()).isFalse();
        }
    }

    /** A parent whose child hangs in a get; prints the child's process id. */
    static final class DoomedParent {

        private DoomedParent() {}

        public static void main(String[] args) throws Exception {
            Path marker = Path.of(args[0]);
            ChildPool pool = new ChildPool(1, CrashPolicy.FAIL);
            Feed feed = pool.open(new ScriptedSequence(Script.HANG, marker).shard(0, 1), IN_ORDER);
            feed.onEpochBegin(0);
            new Thread(() -> {
                        while (!Files.exists(marker)) {
                            Thread.onSpinWait();
                        }
                        System.out.println(children().get(0).pid());
                    })
                    .start();
            feed.get(window(0), 3);
        }
    }
}

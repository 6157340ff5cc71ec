package org.lockstep.executor.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.CrashPolicy;
import org.lockstep.conf.InputConf;
import org.lockstep.data.BadDataException;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Feed;
import org.lockstep.data.Sequence;
import org.lockstep.data.Shard;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;
import org.lockstep.data.storage.HadoopSettings;
import org.lockstep.data.storage.StoredFile;
import org.lockstep.executor.BucketFileSystem;
import org.lockstep.executor.queue.child.ChildPool;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** Hadoop's file systems are set up where a run's batches are made, as they are on its driver. */
@Timeout(60)
class HadoopOnExecutorsTest {

    private static final BatchOrder ORDER = new BatchOrder(1, 0, false);
    private static final HadoopSettings BUCKET =
            new HadoopSettings(Map.of("fs.bucket.impl", BucketFileSystem.class.getName()));

    @TempDir
    private Path folder;

    @BeforeEach
    @AfterEach
    void reset() {
        new HadoopSettings(Map.of()).apply();
    }

    /** A file's first byte. */
    private record FirstByte(String uri) implements Sequence {

        @Override
        public int length() {
            return 1;
        }

        @Override
        public Batch get(int index) {
            int value = StoredFile.of(uri).read(stream -> stream.read());
            return new Batch(Tensor.of(new int[] {1}, value), Tensor.zeros(1));
        }
    }

    private Shard shard() throws IOException {
        return new FirstByte("bucket:" + Files.write(folder.resolve("a"), new byte[] {5})).shard(0, 1);
    }

    private static void assertReads(Feed feed) {
        assertThat(feed.get(Window.of(0, 1), 0).x().values()).containsExactly(5);
    }

    @Test
    void workplace_ofARun_usesItsSettings() throws IOException {
        Feed feed = shard().open(ORDER);
        assertThatThrownBy(() -> feed.get(Window.of(0, 1), 0)).isInstanceOf(BadDataException.class);
        BUCKET.apply();
        RunOrder order = new RunOrder(
                "run",
                Sequential.of(Input.of(1), Dense.of(1)),
                CompileConf.of("sgd", "mse"),
                ClusterConf.Engine.ONEDNN,
                1,
                List.of(),
                ORDER,
                List.of(),
                1,
                InputConf.of(),
                null,
                false);
        assertThat(order.hadoop()).isEqualTo(BUCKET);
        reset();

        try (Workplace place = new Workplace(order, () -> {
            throw new IllegalStateException("nobody asks for a network");
        })) {
            assertThat(place.order()).isEqualTo(order);
            assertReads(feed);
        }
    }

    @Test
    void child_ofAnExecutor_usesItsSettings() throws IOException {
        BUCKET.apply();
        try (ChildPool pool = new ChildPool(1, CrashPolicy.FAIL);
                Feed feed = pool.open(shard(), ORDER)) {
            assertReads(feed);
        }
    }
}

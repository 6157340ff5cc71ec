package org.lockstep.data.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Samples;

class LostFileTest {

    private static SparkSession session;
    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        session = TestSpark.start();
        spark = new JavaSparkContext(session.sparkContext());
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    @Test
    void lostFile_isRebuilt() {
        try (RowSource rows = source(0)) {
            TestSpark.lose(rdd(), 1);
            Samples samples = rows.openSamples();
            assertThat(TestSpark.read(samples, 9)).containsExactly(9, 9);
            assertLost(() -> TestSpark.read(samples, 10), "no executor has it");

            rows.skip(5).prepare();

            assertThat(TestSpark.read(samples, 10)).containsExactly(10, 10);
            assertThat(TestSpark.read(rows.openSamples(), 19)).containsExactly(19, 19);
        }
    }

    @Test
    void fileDeletedUnderSpark_isRebuilt() throws Exception {
        try (RowSource rows = source(100)) {
            Files.delete(TestSpark.path(rdd(), 1));
            assertLost(() -> TestSpark.read(rows.openSamples(), 10), "");

            rows.prepare();

            assertThat(TestSpark.read(rows.openSamples(), 10)).containsExactly(110, 110);
        }
    }

    @Test
    void fileAlteredUnderSpark_isRebuilt() throws Exception {
        try (RowSource rows = source(200)) {
            alter(TestSpark.path(rdd(), 1));
            assertLost(() -> TestSpark.read(rows.openSamples(), 10), "its checksum ");

            rows.prepare();

            assertThat(TestSpark.read(rows.openSamples(), 10)).containsExactly(210, 210);
        }
    }

    @Test
    void fileCutUnderSpark_isRebuilt() throws Exception {
        try (RowSource rows = source(300)) {
            try (FileChannel file = FileChannel.open(TestSpark.path(rdd(), 1), StandardOpenOption.WRITE)) {
                file.truncate(file.size() / 2);
            }
            assertLost(() -> TestSpark.read(rows.openSamples(), 10), "");

            rows.prepare();

            assertThat(TestSpark.read(rows.openSamples(), 10)).containsExactly(310, 310);
        }
    }

    @Test
    void rowsOfTheClock_cannotBeRebuilt() {
        try (RowSource rows = RowSource.of(
                TestSpark.numbers(spark, 0, 1, 1),
                RowLayout.of(1),
                number -> Sample.of(new float[] {System.nanoTime() % 1_000_000}, number))) {
            TestSpark.lose(rdd(), 1);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(rows::prepare)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageMatching("Cannot rebuild shard file 1: its checksum [0-9a-f]{64} differs from the"
                                + " first one, [0-9a-f]{64}: the rows are not the same when computed again");
            }
        }
    }

    private static void alter(Path path) throws Exception {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}), file.size() - 7);
        }
    }

    private static void assertLost(Runnable read, String reason) {
        assertThatThrownBy(read::run)
                .isInstanceOf(LostShardFileException.class)
                .hasMessageStartingWith("Cannot read shard file 1: " + reason);
    }

    private static int rdd() {
        return spark.getPersistentRDDs().keySet().iterator().next();
    }

    private static RowSource source(int first) {
        return RowSource.of(
                TestSpark.numbers(spark, first, 10, 10),
                RowLayout.of(1),
                number -> Sample.of(new float[] {number}, number));
    }
}

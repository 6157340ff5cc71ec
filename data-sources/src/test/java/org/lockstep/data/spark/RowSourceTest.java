package org.lockstep.data.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lockstep.data.BadDataException;
import org.lockstep.data.BadRecordRule;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Feed;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.Samples;
import org.lockstep.data.Window;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.report.SkippedRecords;

class RowSourceTest {

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
    void unevenPartitions_giveRowsInTheirOrder() {
        try (RowSource rows = source(0, 0, 5, 1, 0, 0, 300, 7, 0)) {
            assertThat(rows.samples()).isEqualTo(313);
            assertThat(rows.sampleShape()).containsExactly(2);
            assertThat(rows).hasToString("RowSource(313 rows in 4 shard files)");
            Samples samples = rows.openSamples();
            assertThat(samples.count()).isEqualTo(313);
            for (int row : shuffled(313)) {
                assertThat(TestSpark.read(samples, row)).containsExactly(row, -row, row);
                assertThat(samples.weight(row)).isEqualTo(row / 2f);
            }
        }
    }

    /** Records longer than a piece of a file, and many pieces. */
    @Test
    void longRows_areWhole() {
        int size = Chunks.LENGTH / 3;
        RowLayout layout = RowLayout.of(size).y(3);
        try (RowSource rows = RowSource.of(TestSpark.numbers(spark, 5, 4, 3), layout, number -> {
            float[] x = new float[size];
            for (int i = 0; i < size; i++) {
                x[i] = number * 1000f + i;
            }
            return Sample.of(x, number, 2 * number, 3 * number);
        })) {
            Samples samples = rows.openSamples();
            assertThat(samples.yShape()).containsExactly(3);
            assertThat(samples.weighted()).isFalse();
            for (int row = 6; row >= 0; row--) {
                float[] values = TestSpark.read(samples, row);
                int number = row + 5;
                assertThat(values[0]).isEqualTo(number * 1000f);
                assertThat(values[size - 1]).isEqualTo(number * 1000f + size - 1);
                assertThat(values).endsWith(number, 2 * number, 3 * number);
            }
        }
    }

    @Test
    void everyRow_comesOncePerEpoch() throws Exception {
        try (RowSource rows = source(1000, 3, 0, 17, 1, 40)) {
            for (int shards : new int[] {1, 2, 5}) {
                for (int batchSize : new int[] {1, 7, 64}) {
                    for (boolean shuffle : new boolean[] {false, true}) {
                        assertThat(epoch(rows, shards, new BatchOrder(batchSize, 3, shuffle)))
                                .containsExactlyInAnyOrderElementsOf(
                                        IntStream.range(1000, 1061).boxed().toList());
                    }
                }
            }
        }
    }

    @Test
    void heldOutRows_areTheLast() {
        try (RowSource rows = source(2000, 10, 10)) {
            Samples samples = rows.skip(15).openSamples();
            assertThat(samples.count()).isEqualTo(5);
            assertThat(TestSpark.read(samples, 4)).containsExactly(2019, -2019, 2019);
        }
    }

    @Test
    void openSamples_whereNoExecutorIs_isRefused() {
        SparkEnv here = SparkEnv.get();
        try (RowSource rows = source(0, 2)) {
            SparkEnv.set(null);
            try {
                assertThatThrownBy(rows::openSamples)
                        .isInstanceOf(NotSupportedException.class)
                        .hasMessageContaining("`use_multiprocessing=True`");
            } finally {
                SparkEnv.set(here);
            }
        }
    }

    @Test
    void travelledSource_readsButDoesNotPrepare() {
        try (RowSource rows = source(3000, 2, 2)) {
            List<Float> read = spark.parallelize(List.of(3, 0), 2)
                    .map(row -> TestSpark.read(rows.openSamples(), row)[0])
                    .collect();
            assertThat(read).containsExactly(3003f, 3000f);
            List<String> refusal = spark.parallelize(List.of(0), 1)
                    .map(row -> refusal(rows::prepare))
                    .collect();
            assertThat(refusal)
                    .containsExactly("Cannot prepare or close RowSource(4 rows in 2 shard files) here: only where it"
                            + " was made");
        }
    }

    private static String refusal(Runnable work) {
        try {
            work.run();
            return "none";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void closedSource_hasNoFilesAndCannotBePrepared() {
        RowSource rows = source(4000, 2);
        rows.close();
        assertThatThrownBy(() -> TestSpark.read(rows.openSamples(), 0))
                .isInstanceOf(LostShardFileException.class)
                .hasMessage("Cannot read shard file 0: no executor has it");
        assertThatThrownBy(rows::prepare)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read rows: their shard files were removed, the source is closed");
    }

    @Test
    void badRows_areNamed() {
        assertBad(RowLayout.of(2), number -> Sample.of(new float[] {1}, 0), "`x` must have 2 values. Received: 1");
        assertBad(RowLayout.of(2), number -> Sample.of(new float[2], 0, 1), "`y` must have 1 value. Received: 2");
        assertBad(
                RowLayout.of(2),
                number -> Sample.of(new byte[2], 0),
                "`x` must be floats, as the layout says." + " Received: bytes");
        assertBad(
                RowLayout.of(2).bytes(),
                number -> Sample.of(new float[2], 0),
                "`x` must be bytes, as the layout" + " says. Received: floats");
        assertBad(
                RowLayout.of(1),
                number -> Sample.of(new float[] {Float.NaN}, 0),
                "`x` must be finite. Received:" + " NaN");
        assertBad(
                RowLayout.of(1),
                number -> Sample.of(new float[1], Float.NEGATIVE_INFINITY),
                "`y` must be finite." + " Received: -Infinity");
        assertBad(
                RowLayout.of(1).classes(3),
                number -> Sample.of(new float[1], 3),
                "`y` must be a whole number in" + " [0, 3). Received: 3.0");
        assertBad(
                RowLayout.of(1).classes(3),
                number -> Sample.of(new float[1], 0.5f),
                "`y` must be a whole number in" + " [0, 3). Received: 0.5");
        assertBad(RowLayout.of(1).withWeights(), number -> Sample.of(new float[1], 0), "`weight` is missing");
        assertBad(
                RowLayout.of(1),
                number -> Sample.of(new float[1], 0).weight(2),
                "`weight` must not be given, as the" + " layout is without weights. Received: 2.0");
        assertBad(
                RowLayout.of(1),
                number -> Sample.of(new float[1], Float.parseFloat("seven")),
                "java.lang.NumberFormatException: For input string: \"seven\"");
    }

    /** Breaks the third row of the second partition. */
    private static void assertBad(
            RowLayout layout, org.apache.spark.api.java.function.Function<Integer, Sample> broken, String reason) {
        Sample good =
                layout.isBytes() ? Sample.of(new byte[layout.xSize()], 0) : Sample.of(new float[layout.xSize()], 0);
        boolean weighted = layout.weighted();
        float[] x = good.floats();
        byte[] bytes = good.bytes();
        assertThatThrownBy(() -> RowSource.of(TestSpark.numbers(spark, 0, 4, 4), layout, number -> {
                    Sample sample =
                            bytes == null ? Sample.of(java.util.Objects.requireNonNull(x), 0) : Sample.of(bytes, 0);
                    return number == 6 ? broken.call(number) : weighted ? sample.weight(1) : sample;
                }))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read partition 1 at row 2: " + reason);
        assertThat(spark.getPersistentRDDs()).isEmpty();
    }

    @Test
    void badRows_skipped_areLeftOutAndListed() {
        BadRecordRule rule = new BadRecordRule(OnBadRecord.SKIP, 0.25);
        try (RowSource rows = skipping(rule, 4, 4, 1, 3)) {
            assertThat(rows.samples()).isEqualTo(9);
            Samples samples = rows.openSamples();
            int[] good = {0, 1, 3, 4, 5, 7, 9, 10, 11};
            for (int row = 8; row >= 0; row--) {
                assertThat(TestSpark.read(samples, row)).containsExactly(good[row], good[row], good[row] % 3);
            }
            assertThat(rows.skip(2).alreadySkipped())
                    .isEqualTo(new SkippedRecords(
                            3,
                            List.of(
                                    "Cannot read partition 0 at row 2: java.lang.NumberFormatException: two lines",
                                    "Cannot read partition 1 at row 2: `y` must be a whole number in [0, 3)."
                                            + " Received: 3.0",
                                    "Cannot read partition 2 at row 0: `x` must have 2 values. Received: 1")));
        }
        assertThatThrownBy(() -> skipping(new BadRecordRule(OnBadRecord.SKIP, 0.24), 4, 4, 1, 3))
                .isInstanceOf(BadDataException.class)
                .hasMessageMatching(
                        "Cannot go on with the rows of RowSource \\d+: of its 12 records, 3 were found to be"
                                + " bad, more than `max_bad_share`=0\\.24 allows\\. One of them: Cannot read partition 0 at row 2:"
                                + " java\\.lang\\.NumberFormatException: two lines");
        assertThat(spark.getPersistentRDDs()).isEmpty();
    }

    /** Rows 2, 6 and 8 are bad, each in its way. */
    private static RowSource skipping(BadRecordRule rule, int... sizes) {
        return RowSource.of(
                TestSpark.numbers(spark, 0, sizes),
                RowLayout.of(2).classes(3),
                number -> {
                    if (number == 2) {
                        throw new NumberFormatException("two\nlines");
                    }
                    float[] x = new float[number == 8 ? 1 : 2];
                    java.util.Arrays.fill(x, number);
                    return Sample.of(x, number == 6 ? 3 : number % 3);
                },
                rule);
    }

    /** Far more than a file's end has room for: all are counted. */
    @Test
    void manyBadRowsWithLongReasons_areCounted() {
        String reason = "x".repeat(5000);
        try (RowSource rows = RowSource.of(
                TestSpark.numbers(spark, 0, 200),
                RowLayout.of(1),
                number -> {
                    if (number > 0) {
                        throw new IllegalStateException(reason);
                    }
                    return Sample.of(new float[1], 0);
                },
                new BadRecordRule(OnBadRecord.SKIP, 1))) {
            assertThat(rows.samples()).isEqualTo(1);
            assertThat(rows.alreadySkipped().count()).isEqualTo(199);
            assertThat(rows.alreadySkipped().first())
                    .hasSizeBetween(5, 100)
                    .allSatisfy(name -> assertThat(name).endsWith(reason));
        }
    }

    @Test
    void noRows_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source(0, 0, 0))
                .withMessage("Invalid `rows`: there must be at least one. Received: none");
        assertThat(spark.getPersistentRDDs()).isEmpty();
    }

    @Test
    void wrongLayouts_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowLayout.of(28, 0))
                .withMessage("Invalid `xShape`: dimensions must be positive. Received: [28, 0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowLayout.of(28).bytes(Float.NaN))
                .withMessage("Invalid `scale`: must be a finite number. Received: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowLayout.of(28).y(10).classes(10))
                .withMessage("Invalid `classes`: only labels that are one number can be checked. Received: 10 with y of"
                        + " shape [10]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowLayout.of(1 << 15, 1 << 15))
                .withMessage(
                        "Invalid shape: a row must have at most 268435456 values. Received: [32768, 32768] and []");
    }

    @Test
    void encryptedFiles_areNotSupported() {
        spark.getConf();
        spark.sc().conf().set("spark.io.encryption.enabled", "true");
        try {
            assertThatThrownBy(() -> source(0, 1))
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessage("Cannot keep rows in shard files with spark.io.encryption.enabled: the readers' copies"
                            + " would not be encrypted");
        } finally {
            spark.sc().conf().remove("spark.io.encryption.enabled");
        }
    }

    private static RowSource source(int first, int... sizes) {
        RowLayout layout = RowLayout.of(2).withWeights();
        return RowSource.of(
                TestSpark.numbers(spark, first, sizes),
                layout,
                number -> Sample.of(new float[] {number, -number}, number).weight(number / 2f));
    }

    private static List<Integer> epoch(RowSource rows, int shards, BatchOrder order) throws Exception {
        long steps = rows.batches(order, shards);
        List<Integer> labels = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            try (Feed feed = rows.shard(shard, shards).open(order)) {
                for (int step = 0; step < steps; step++) {
                    Batch batch = feed.get(new Window(0, 0, 0, 0, steps), step);
                    for (int i = 0; i < batch.size(); i++) {
                        labels.add((int) batch.y().values()[i]);
                    }
                }
            }
        }
        return labels;
    }

    /** All places below a count, not in order. */
    private static int[] shuffled(int count) {
        return IntStream.range(0, count).map(i -> (i * 7 + 5) % count).toArray();
    }
}

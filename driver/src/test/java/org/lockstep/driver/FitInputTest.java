package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchGenerator;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.Sequence;
import org.lockstep.data.TrainingData;
import org.lockstep.data.cifar.CifarSource;
import org.lockstep.data.image.ImageFolder;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.report.SkippedRecords;

/** Where a fit's batches come from, and what it says about them. */
@Timeout(180)
class FitInputTest {

    private static final FitConf FIT =
            FitConf.of().batchSize(8).epochs(2).seed(3).verbose(Verbose.SILENT);
    private static final int CIFAR_RECORD = 1 + 32 * 32 * 3;

    private static JavaSparkContext spark;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static SparkModel model(Exchange exchange, int classes, int... input) {
        Sequential net =
                Sequential.of(Input.of(input), Flatten.of(), Dense.of(classes).activation("softmax"));
        return SparkModel.of(net, spark)
                .on(ClusterConf.of().shards(2).exchange(exchange))
                .compile("sgd", "sparse_categorical_crossentropy", "accuracy");
    }

    private static SparkModel model() {
        return model(Exchange.MEMORY, Samples.CLASSES, Samples.SIDE, Samples.SIDE, 1);
    }

    /** A generator that says what {@link BatchGenerator#isRepeatable} it likes. */
    private record Said(Cut cut, boolean isRepeatable) implements BatchGenerator.Stream {
        @Override
        public Iterator<Batch> iterator(long seed, int epoch) {
            return Stream.iterate(0, i -> (i + 1) % cut.length()).map(cut::get).iterator();
        }
    }

    @Test
    void fit_generatorThatIsNotRepeatable_warnsThatResumeIsNotBitExact() {
        BatchGenerator faithful = BatchGenerator.dealt(new Said(new Cut(32, 8), true));
        BatchGenerator fickle = BatchGenerator.dealt(new Said(new Cut(32, 8), false));
        FitConf fit = FIT.batchSize(null).stepsPerEpoch(2).validationSteps(1);

        assertThat(model().fit(faithful, fit, faithful).warnings()).isEmpty();
        assertThat(model().fit(fickle, fit, faithful).warnings())
                .containsExactly("The training data come from a generator that is not repeatable: when this run is"
                        + " resumed, or one of its tasks moves, it will not be the same to the bit");
        assertThat(model().fit(faithful, fit, fickle).warnings())
                .singleElement()
                .asString()
                .startsWith("The validation data come from a generator that is not repeatable");
    }

    /** Batches whose making leaves the process's number in a folder. */
    private record Traced(Cut cut, String folder) implements Sequence {

        @Override
        public int length() {
            return cut.length();
        }

        @Override
        public Batch get(int index) {
            try {
                Files.write(Path.of(folder, "" + ProcessHandle.current().pid()), new byte[0]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return cut.get(index);
        }

        List<Long> makers() throws IOException {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                return files.map(file -> Long.parseLong(file.getFileName().toString()))
                        .toList();
            }
        }
    }

    @Test
    void fit_useMultiprocessing_makesAllBatchesInTheSameChildrenAndLeavesNone() throws IOException {
        long self = ProcessHandle.current().pid();
        Traced threads = new Traced(
                new Cut(40, 8), Files.createDirectory(folder.resolve("threads")).toString());
        Traced processes = new Traced(
                new Cut(40, 8),
                Files.createDirectory(folder.resolve("processes")).toString());
        FitConf fit = FIT.batchSize(null).workers(2).maxQueueSize(2);

        SparkModel threaded = model();
        History expected = threaded.fit(threads, fit, threads);
        SparkModel forked = model();
        History history = forked.fit(processes, fit.useMultiprocessing(true), processes);

        assertThat(forked.live().numbersSha256()).isEqualTo(threaded.live().numbersSha256());
        assertThat(history.history()).isEqualTo(expected.history());
        assertThat(threads.makers()).containsExactly(self);
        // Training and validation share the two.
        assertThat(processes.makers()).hasSizeBetween(1, 2).doesNotContain(self);
        assertThat(processes.makers())
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                        .isEmpty());
    }

    @Test
    void fit_useMultiprocessingFails_leavesNoChild() throws IOException {
        Traced good = new Traced(
                new Cut(40, 8), Files.createDirectory(folder.resolve("good")).toString());
        assertThatThrownBy(
                        () -> model().fit(new Failing(good), FIT.batchSize(null).useMultiprocessing(true), good))
                .hasMessageContaining("record 17 is broken");
        assertThat(good.makers())
                .isNotEmpty()
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                        .isEmpty());
    }

    private record Failing(Traced good) implements Sequence {

        @Override
        public int length() {
            return good.length();
        }

        @Override
        public Batch get(int index) {
            Batch batch = good.get(index);
            if (index == 3) {
                throw new IllegalStateException("record 17 is broken");
            }
            return batch;
        }
    }

    /** 48 records, of which numbers 5, 21 and 40 have labels that are no class. */
    private CifarSource cifar() throws IOException {
        byte[] records = new byte[48 * CIFAR_RECORD];
        for (int i = 0; i < 48; i++) {
            boolean isBad = i == 5 || i == 21 || i == 40;
            int from = i * CIFAR_RECORD;
            records[from] = (byte) (isBad ? 77 : i % 10);
            Arrays.fill(records, from + 1, from + CIFAR_RECORD, (byte) (20 * (i % 10)));
        }
        Path file = folder.resolve("batch.bin");
        Files.write(file, records);
        return CifarSource.cifar10(file.toString()).scale(1f / 255);
    }

    @ParameterizedTest
    @CsvSource({"MEMORY,false", "DRIVER,false", "MEMORY,true"})
    void fit_badRecordsSkipped_areCountedListedAndReported(Exchange exchange, boolean useMultiprocessing)
            throws IOException {
        CifarSource source = cifar().onBadRecord(OnBadRecord.SKIP, 0.1);
        TrainingData training = source.take(32);
        TrainingData held = source.skip(32);
        SparkModel model = model(exchange, 10, 32, 32, 3);

        History history = model.fit(training, FIT.useMultiprocessing(useMultiprocessing), held);

        SkippedRecords skipped = history.skipped();
        assertThat(skipped.count()).isEqualTo(3);
        assertThat(skipped.first())
                .hasSize(3)
                .allSatisfy(name -> assertThat(name)
                        .matches("Cannot read .*batch\\.bin at offset \\d+ \\(record (5|21|40)\\): a label must be in"
                                + " \\[0, 10\\)\\. Received: 77"));
        assertThat(history.warnings()).singleElement().asString().startsWith("Left out 3 of the 48 records of [");
        Path page = folder.resolve("run.html");
        history.report(page.toString());
        assertThat(Files.readString(page)).contains("3 bad records were left out of batches.", "(record 40)");
    }

    @Test
    void fit_imagesOfNoNamedSize_getThatOfTheModelsInput() throws IOException {
        for (int i = 0; i < 12; i++) {
            BufferedImage image = new BufferedImage(7, 9, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i % 7, i % 9, 0xFFFFFF);
            Path file = folder.resolve("class-" + i % 2 + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        }
        ImageFolder unsized = ImageFolder.of(folder.toString());
        ImageFolder sized = ImageFolder.of(folder.toString(), 5, 6);

        SparkModel expected = model(Exchange.MEMORY, 2, 5, 6, 3);
        expected.fit(sized.take(8), FIT, sized.skip(8));
        SparkModel model = model(Exchange.MEMORY, 2, 5, 6, 3);
        model.fit(unsized.take(8), FIT, unsized.skip(8));

        assertThat(model.live().numbersSha256()).isEqualTo(expected.live().numbersSha256());
        assertThat(model.evaluate(unsized)).isEqualTo(expected.evaluate(sized));
    }

    @Test
    void fit_moreBadRecordsThanTheShare_fails() throws IOException {
        CifarSource source = cifar().onBadRecord(OnBadRecord.SKIP, 0.05);
        assertThatThrownBy(() -> model(Exchange.MEMORY, 10, 32, 32, 3).fit(source, FIT))
                .hasMessageContaining("of its 48 records, 3 were found to be bad, more than `max_bad_share`=0.05");
    }
}

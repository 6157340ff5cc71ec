package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.DataSource;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.LostDataException;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.driver.launch.TrainingException;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** Data that executors lose in the middle of a run. */
class LostDataTest {

    /** Samples that can be read until some are lost. */
    private static final AtomicInteger READS_LEFT = new AtomicInteger();

    private static final AtomicInteger PREPARED = new AtomicInteger();
    private static final int SAMPLES = 60;

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void forget() {
        PREPARED.set(0);
    }

    @Test
    void lostInTraining_areBroughtBackAndChangeNothing() {
        READS_LEFT.set(Integer.MAX_VALUE);
        String undisturbed = train(new Fleeting(false), Samples.of(20));
        int prepared = PREPARED.get();

        READS_LEFT.set(SAMPLES / 2);
        assertThat(train(new Fleeting(false), Samples.of(20))).isEqualTo(undisturbed);
        assertThat(PREPARED.get()).isGreaterThan(prepared);
    }

    @Test
    void lostInValidation_areBroughtBack() {
        READS_LEFT.set(Integer.MAX_VALUE);
        String undisturbed = train(Samples.of(SAMPLES), new Fleeting(false).take(50));

        READS_LEFT.set(20);
        assertThat(train(Samples.of(SAMPLES), new Fleeting(false).take(50))).isEqualTo(undisturbed);
    }

    @Test
    void lostForGood_endTheRunByName() {
        READS_LEFT.set(SAMPLES / 2);
        assertThatThrownBy(() -> train(new Fleeting(true), Samples.of(20)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("sample ")
                .hasMessageContaining(" is gone");
    }

    private static String train(DataSource source, DataSource heldOut) {
        Sequential network = Sequential.of(
                Input.of(Samples.SIDE, Samples.SIDE, 1),
                Flatten.of(),
                Dense.of(Samples.CLASSES).activation("softmax"));
        SparkModel model = SparkModel.of(network, spark)
                .on(ClusterConf.of().shards(2).exchange(ClusterConf.Exchange.DRIVER))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().batchSize(15).epochs(2).seed(3).verbose(Verbose.SILENT);
        String history = model.fit(source, fit, heldOut).history().toString();
        return model.state(0).sha256() + history;
    }

    /** Samples that vanish after a number of reads; preparing brings them back, unless for good. */
    private record Fleeting(boolean forGood) implements IndexedSource {

        @Override
        public int[] sampleShape() {
            return new int[] {Samples.SIDE, Samples.SIDE, 1};
        }

        @Override
        public long samples() {
            return SAMPLES;
        }

        @Override
        public void prepare() {
            PREPARED.incrementAndGet();
            if (READS_LEFT.get() < 0 && !forGood) {
                READS_LEFT.set(Integer.MAX_VALUE);
            }
        }

        @Override
        public org.lockstep.data.Samples openSamples() {
            return new Reading(Samples.of(SAMPLES));
        }
    }

    private record Reading(ArraySource all) implements org.lockstep.data.Samples {

        @Override
        public long count() {
            return all.count();
        }

        @Override
        public int[] xShape() {
            return all.xShape();
        }

        @Override
        public int[] yShape() {
            return all.yShape();
        }

        @Override
        public void copy(long index, Tensor x, Tensor y, int row) {
            if (READS_LEFT.decrementAndGet() < 0) {
                throw new LostDataException("sample " + index + " is gone");
            }
            all.copy(index, x, y, row);
        }
    }
}

package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.driver.launch.TrainingException;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** Batch normalization over the global batch: any shards and workers are like one process. */
@Timeout(180)
class SynchronizedTest {

    /** With four shards the last batch, of two samples, leaves two of them empty. */
    private static final int COUNT = 54;

    private static final FitConf FIT =
            FitConf.of().batchSize(13).epochs(2).seed(3).verbose(Verbose.SILENT);

    private static Sequential network(boolean isSynchronized) {
        return Sequential.of(
                Input.of(Samples.SIDE, Samples.SIDE, 1),
                Conv2D.of(6, 3).kernelRegularizer("l2"),
                BatchNormalization.of().momentum(0.9).isSynchronized(isSynchronized),
                ActivationLayer.of("relu"),
                Conv2D.of(8, 3).strides(2),
                BatchNormalization.of().momentum(0.9).isSynchronized(isSynchronized),
                ActivationLayer.of("relu"),
                Flatten.of(),
                Dense.of(Samples.CLASSES).activation("softmax"));
    }

    private static ArraySource samples() {
        float[] weights = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            weights[i] = 0.5f + i % 3;
        }
        return ArraySource.of(Samples.x(COUNT), Samples.y(COUNT), Tensor.of(new int[] {COUNT}, weights));
    }

    private static SparkModel model(JavaSparkContext spark, boolean isSynchronized, int shards, Exchange exchange) {
        return SparkModel.of(network(isSynchronized), spark)
                .on(ClusterConf.of().shards(shards).exchange(exchange))
                .compile("sgd", "sparse_categorical_crossentropy", "accuracy");
    }

    private record Outcome(String sha256, Map<String, List<Double>> history) {}

    private static Outcome train(SparkModel model) {
        History history = model.fit(samples(), FIT, Samples.of(17));
        return new Outcome(model.state(0).sha256(), history.history());
    }

    @Test
    void fit_anyWorkersAndExchange_givesTheSameBits() {
        Map<Integer, Outcome> expected = new HashMap<>();
        for (String master : List.of("local[1]", "local[2]", "local[3]", "local[4]")) {
            try (JavaSparkContext spark = LocalSpark.start(master)) {
                for (int shards : new int[] {3, 4}) {
                    for (Exchange exchange : List.of(Exchange.MEMORY, Exchange.NETWORK)) {
                        Outcome outcome = train(model(spark, true, shards, exchange));
                        assertThat(outcome)
                                .as("%d shards by %s on %s", shards, exchange, master)
                                .isEqualTo(expected.computeIfAbsent(shards, key -> outcome));
                    }
                }
            }
        }
        assertThat(expected.get(3)).isNotEqualTo(expected.get(4));
    }

    @Test
    void fit_ofSeveralShards_isThatOfOneProcess() {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            SparkModel one = model(spark, false, 1, Exchange.MEMORY);
            train(one);
            for (int shards : new int[] {1, 2, 4}) {
                SparkModel several = model(spark, true, shards, Exchange.MEMORY);
                train(several);
                assertNear(several.getWeights(), one.getWeights());
            }
            SparkModel apart = model(spark, false, 2, Exchange.MEMORY);
            train(apart);
            assertThatThrownBy(() -> assertNear(apart.getWeights(), one.getWeights()))
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static void assertNear(List<Tensor> actual, List<Tensor> expected) {
        for (int i = 0; i < expected.size(); i++) {
            float[] a = actual.get(i).values();
            float[] b = expected.get(i).values();
            for (int k = 0; k < b.length; k++) {
                assertThat(Math.abs(a[k] - b[k])).isLessThanOrEqualTo(1e-5f + 1e-4f * Math.abs(b[k]));
            }
        }
    }

    private record Failing() implements Sequence {

        @Override
        public int length() {
            return 8;
        }

        @Override
        public Batch get(int index) {
            if (index == 5) {
                throw new IllegalStateException("the disk is on fire");
            }
            return new Batch(Samples.x(6), Samples.y(6));
        }
    }

    @Test
    void fit_whereAShardFails_endsForAll() {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            for (Exchange exchange : List.of(Exchange.MEMORY, Exchange.NETWORK)) {
                SparkModel model = model(spark, true, 4, exchange);
                FitConf fit = FitConf.of().shuffle(false).verbose(Verbose.SILENT);
                assertThatThrownBy(() -> model.fit(new Failing(), fit))
                        .isInstanceOf(TrainingException.class)
                        .hasMessageContaining("the disk is on fire");
                assertThat(train(model).history()).containsKey("val_loss");
            }
        }
    }

    @Test
    void driverExchange_isRefusedByName() {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            assertThatThrownBy(() -> train(model(spark, true, 2, Exchange.DRIVER)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "Invalid `exchange`: driver cannot pause a step, which layer \"batch_normalization\" with"
                                    + " `synchronized` needs; choose auto, memory or network, or set `synchronized` to False."
                                    + " Received: driver");
        }
    }
}

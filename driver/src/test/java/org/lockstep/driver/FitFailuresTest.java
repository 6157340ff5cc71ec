package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchGenerator;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.driver.launch.TrainingException;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** What a fit says of batches that user code cannot give, or that do not fit the model. */
@Timeout(120)
class FitFailuresTest {

    private static final Sequential NET = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Flatten.of(),
            Dense.of(Samples.CLASSES).activation("softmax"));
    private static final FitConf FIT = FitConf.of().seed(1).verbose(Verbose.SILENT);
    private static final String NONE =
            "Output of generator should be a tuple `(x, y, sample_weight)` or `(x, y)`. Found: None";

    /** In the rehearsal where the batch is the first of the shuffled order. */
    private static final String GETTING = "Cannot (get batch \\d of|begin)";

    private static final String TRAINING = "Cannot train on batch \\d of";

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static SparkModel model(Exchange exchange) {
        return SparkModel.of(NET, spark)
                .on(ClusterConf.of().shards(2).exchange(exchange))
                .compile("sgd", "sparse_categorical_crossentropy");
    }

    private static SparkModel model() {
        return model(Exchange.MEMORY);
    }

    /** What is wrong with the batch of index 3. */
    enum Fault {
        NO_BATCH,
        THROWS,
        X_OF_ANOTHER_SIZE,
        Y_OF_ANOTHER_SHAPE,
        TOO_FEW_WEIGHTS
    }

    private record Faulty(Fault fault) implements Sequence {

        @Override
        public int length() {
            return 6;
        }

        @Override
        @SuppressWarnings("NullAway") // as user code may do
        public Batch get(int index) {
            Batch batch = new Cut(24, 4).get(index);
            if (index != 3) {
                return batch;
            }
            return switch (fault) {
                case NO_BATCH -> null;
                case THROWS -> throw new IllegalStateException("record 17 is broken");
                case X_OF_ANOTHER_SIZE -> new Batch(Tensor.zeros(4, Samples.SIDE, Samples.SIDE + 1, 1), batch.y());
                case Y_OF_ANOTHER_SHAPE -> new Batch(batch.x(), Tensor.zeros(4, 3));
                case TOO_FEW_WEIGHTS -> new Batch(batch.x(), batch.y(), Tensor.zeros(3));
            };
        }
    }

    private static final String CARDINALITY = "Data cardinality is ambiguous. Make sure all arrays contain the same"
            + " number of samples. 'x' sizes: 4, 'y' sizes: 4, 'sample_weight' sizes: 3";

    @ParameterizedTest
    @CsvSource({"MEMORY, 1, false", "MEMORY, 0, true", "DRIVER, 1, true"})
    void fit_batchThatDoesNotFit_namesShardIndexAndReason(Exchange exchange, int workers, boolean shuffle) {
        FitConf fit = FIT.workers(workers).shuffle(shuffle);
        assertFails(exchange, fit, Fault.THROWS, GETTING, ": index 3: record 17 is broken");
        assertFails(exchange, fit, Fault.NO_BATCH, GETTING, ": index 3: " + NONE);
        assertFails(exchange, fit, Fault.TOO_FEW_WEIGHTS, GETTING, ": index 3: " + CARDINALITY);
        assertFails(exchange, fit, Fault.X_OF_ANOTHER_SIZE, TRAINING, " (index 3): ");
        assertFails(exchange, fit, Fault.Y_OF_ANOTHER_SHAPE, TRAINING, " (index 3): ");
    }

    private static void assertFails(Exchange exchange, FitConf fit, Fault fault, String what, String reason) {
        assertThatThrownBy(() -> model(exchange).fit(new Faulty(fault), fit))
                .as("%s", fault)
                .isInstanceOf(TrainingException.class)
                .message()
                .containsPattern(what + " epoch 1 of shard [01]")
                .contains(reason);
    }

    @Test
    void fit_validationBatchThatDoesNotFit_namesShardIndexAndReason() {
        for (Fault fault : Fault.values()) {
            assertThatThrownBy(() -> model().fit(new Cut(8, 4), FIT, new Faulty(fault)))
                    .as("%s", fault)
                    .isInstanceOf(TrainingException.class)
                    .hasMessageStartingWith("Cannot evaluate: ")
                    .hasMessageContaining("batch 1 of ")
                    .hasMessageContaining("shard 1")
                    .hasMessageContaining("index 3");
        }
    }

    @Test
    void fit_generatorGivesNoBatch_namesItsNumber() {
        @Nullable Batch[] batches = {new Cut(4, 4).get(0), new Cut(4, 4).get(0), null};
        BatchGenerator generator =
                BatchGenerator.dealt((seed, epoch) -> Arrays.asList(batches).iterator());
        assertThatThrownBy(() -> model().fit(generator, FIT))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("of epoch 1 of shard 0: batch 2 of the generator: " + NONE);
    }
}

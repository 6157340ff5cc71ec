package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.callbacks.BackupAndRestore;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.CallbackException;
import org.lockstep.callbacks.History;
import org.lockstep.callbacks.LearningRateScheduler;
import org.lockstep.callbacks.ReduceLROnPlateau;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Tensor;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adagrad;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.SGD;
import org.lockstep.optimizers.schedules.CosineDecay;
import org.lockstep.optimizers.schedules.ExponentialDecay;
import org.lockstep.optimizers.schedules.PolynomialDecay;

/** Trainings whose learning rate follows a schedule, on any cluster and after an interruption. */
@Timeout(180)
class ScheduleFitTest {

    private static final Sequential NET = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Conv2D.of(4, 3).activation("relu"),
            Flatten.of(),
            Dense.of(Samples.CLASSES).activation("softmax"));
    private static final int STEPS = 4;
    private static final FitConf FIT =
            FitConf.of().batchSize(16).epochs(3).seed(1).verbose(Verbose.SILENT);

    private static final Optimizer SGD_BY_SCHEDULE =
            SGD.of().momentum(0.9).weightDecay(0.01).learningRate(ExponentialDecay.of(0.1, 5, 0.5));
    private static final Optimizer ADAGRAD_BY_SCHEDULE =
            Adagrad.of().weightDecay(0.01).learningRate(PolynomialDecay.of(0.1, 8));
    private static final Optimizer NADAM_BY_SCHEDULE =
            Nadam.of().clipnorm(0.5).learningRate(CosineDecay.of(0.001, 8).warmup(0.01, 3));

    @TempDir
    private Path folder = Path.of("");

    private static SparkModel model(JavaSparkContext spark, Optimizer optimizer, Exchange exchange) {
        return SparkModel.of(NET, spark)
                .on(ClusterConf.of().shards(4).exchange(exchange))
                .compile(CompileConf.of(optimizer, Loss.of("sparse_categorical_crossentropy"), "accuracy"));
    }

    private static History fit(SparkModel model, FitConf fit, Callback... callbacks) {
        return model.fit(Samples.of(16 * STEPS), fit, callbacks);
    }

    /** Sets 0.1 · ½^(t / 5) before update t. */
    private static final class StepByStep extends Callback {

        @Override
        public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
            model().learningRate(0.1 * StrictMath.pow(0.5, model().iterations() / 5.0));
        }
    }

    private static List<float[]> weights(SparkModel model) {
        return model.getWeights().stream().map(Tensor::values).toList();
    }

    @Test
    void fit_anyMasterAndExchange_givesTheSameBits_thoseOfRatesSetStepByStep() {
        List<List<String>> found = new ArrayList<>();
        for (String master : List.of("local[1]", "local[2]", "local[4]")) {
            try (JavaSparkContext spark = LocalSpark.start(master)) {
                SparkModel byHand = model(spark, SGD.of(0.1).momentum(0.9).weightDecay(0.01), Exchange.MEMORY);
                fit(byHand, FIT, new StepByStep());
                for (Exchange exchange : List.of(Exchange.MEMORY, Exchange.NETWORK, Exchange.DRIVER)) {
                    List<String> bits = new ArrayList<>();
                    for (Optimizer optimizer : List.of(SGD_BY_SCHEDULE, ADAGRAD_BY_SCHEDULE, NADAM_BY_SCHEDULE)) {
                        SparkModel model = model(spark, optimizer, exchange);
                        fit(model, FIT);
                        bits.add(model.state(0).sha256());
                        assertThat(model.iterations()).isEqualTo(3 * STEPS);
                        if (optimizer == SGD_BY_SCHEDULE) {
                            assertThat(weights(model))
                                    .as("%s by %s", master, exchange)
                                    .containsExactlyElementsOf(weights(byHand));
                            assertThat(model.learningRate()).isEqualTo(0.1 * StrictMath.pow(0.5, 12 / 5.0));
                        }
                    }
                    found.add(bits);
                }
            }
        }
        assertThat(found).hasSize(9).containsOnly(found.get(0));
    }

    /** Breaks off before a batch of the second epoch. */
    private static final class Crash extends Callback {

        private int epoch;

        @Override
        public void onEpochBegin(int index, Map<String, Double> logs) {
            epoch = index;
        }

        @Override
        public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
            if (epoch == 1 && batch == 2) {
                throw new IllegalStateException("crash");
            }
        }
    }

    @Test
    void fit_resumedWithinAnEpoch_goesOnWithTheRateAndTheSlots() {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            for (Optimizer optimizer : List.of(SGD_BY_SCHEDULE, ADAGRAD_BY_SCHEDULE, NADAM_BY_SCHEDULE)) {
                SparkModel whole = model(spark, optimizer, Exchange.MEMORY);
                fit(whole, FIT);
                for (Exchange exchange : List.of(Exchange.MEMORY, Exchange.NETWORK)) {
                    String backup =
                            folder.resolve(optimizer.className() + exchange).toString();
                    assertThatThrownBy(() -> fit(
                                    model(spark, optimizer, exchange),
                                    FIT,
                                    new Crash(),
                                    BackupAndRestore.of(backup).saveFreq(1)))
                            .isInstanceOf(CallbackException.class);
                    SparkModel resumed = model(spark, optimizer, exchange);
                    fit(resumed, FIT, BackupAndRestore.of(backup).saveFreq(1));
                    assertThat(resumed.state(0).sha256())
                            .as("%s by %s", optimizer, exchange)
                            .isEqualTo(whole.state(0).sha256());
                }
            }
        }
    }

    @Test
    void fit_ofASavedModel_goesOnWithTheRateAndTheSlots() {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            for (Optimizer optimizer : List.of(ADAGRAD_BY_SCHEDULE, NADAM_BY_SCHEDULE)) {
                SparkModel whole = model(spark, optimizer, Exchange.MEMORY);
                fit(whole, FIT);
                SparkModel first = model(spark, optimizer, Exchange.MEMORY);
                fit(first, FIT.epochs(2));
                String file = folder.resolve(optimizer.className() + ".keras").toString();
                first.save(file);

                SparkModel loaded =
                        SparkModel.load(file, spark).on(ClusterConf.of().shards(4));
                fit(loaded, FIT.initialEpoch(2));

                assertThat(loaded.state(0).numbersSha256())
                        .isEqualTo(whole.state(0).numbersSha256());
            }
        }
    }

    @Test
    void fit_callbackThatSetsTheRate_failsAsInKeras() {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            String message = "hence its learning rate is not settable";
            assertThatThrownBy(() -> fit(
                            model(spark, SGD_BY_SCHEDULE, Exchange.MEMORY), FIT, LearningRateScheduler.of(e -> 0.1)))
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .rootCause()
                    .hasMessageContaining(message);
            ReduceLROnPlateau never = ReduceLROnPlateau.of().monitor("loss").patience(10);
            History history = fit(model(spark, SGD_BY_SCHEDULE, Exchange.MEMORY), FIT, never);
            assertThat(history.history().get("learning_rate"))
                    .containsExactly(rate(STEPS), rate(2 * STEPS), rate(3 * STEPS));
            ReduceLROnPlateau soon =
                    ReduceLROnPlateau.of().monitor("loss").mode("max").patience(1);
            assertThatThrownBy(() -> fit(model(spark, SGD_BY_SCHEDULE, Exchange.MEMORY), FIT, soon))
                    .rootCause()
                    .hasMessageContaining(message);
            assertThatThrownBy(
                            () -> model(spark, SGD_BY_SCHEDULE, Exchange.MEMORY).learningRate(0.1))
                    .hasMessageContaining(message);
        }
    }

    private static double rate(int step) {
        return 0.1 * StrictMath.pow(0.5, step / 5.0);
    }

    @Test
    void state_ofAnotherSchedule_isRefused() {
        try (JavaSparkContext spark = LocalSpark.start("local[1]")) {
            SparkModel constant = model(spark, SGD.of(0.1), Exchange.MEMORY);
            SparkModel scheduled = model(spark, SGD_BY_SCHEDULE, Exchange.MEMORY);
            assertThatThrownBy(() -> scheduled.state(constant.state(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Invalid `state`: its learning rate must be by the optimizer's schedule");
        }
    }
}

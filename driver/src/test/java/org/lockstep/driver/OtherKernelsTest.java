package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.callbacks.Callback;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.driver.checkpoint.Checkpoint;
import org.lockstep.driver.checkpoint.Resumable;
import org.lockstep.executor.Kernel;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** A checkpoint of a machine that computes otherwise, with each exchange. */
@Timeout(120)
class OtherKernelsTest {

    private static final Kernel OTHER = new Kernel("0", "oneDNN 3.11.0, avx2", 1, "Java 17", "Linux amd64");
    private static final FitConf FIT =
            FitConf.of().batchSize(16).epochs(2).seed(1).verbose(Verbose.SILENT);

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Keeps the first epoch's checkpoint, or begins with one. */
    private static final class Keeping extends Callback {

        private final @Nullable Checkpoint from;
        private @Nullable Checkpoint kept;

        Keeping(@Nullable Checkpoint from) {
            this.from = from;
        }

        @Override
        public void onTrainBegin(Map<String, Double> logs) {
            if (from != null) {
                ((Resumable) model()).resumeFrom(from);
            }
        }

        @Override
        public void onEpochEnd(int epoch, Map<String, Double> logs) {
            if (epoch == 0) {
                ((Resumable) model()).keep(checkpoint -> kept = checkpoint);
            }
        }
    }

    private static SparkModel model(Exchange exchange, boolean accepts) {
        Sequential net = Sequential.of(
                Input.of(Samples.SIDE, Samples.SIDE, 1),
                Flatten.of(),
                Dense.of(Samples.CLASSES).activation("softmax"));
        return SparkModel.of(net, spark)
                .on(ClusterConf.of().shards(2).exchange(exchange).acceptOtherKernels(accepts))
                .compile("adam", "sparse_categorical_crossentropy");
    }

    private static String train(SparkModel model, Keeping keeping) {
        model.fit(Samples.of(64), FIT, keeping);
        return model.live().numbersSha256();
    }

    @ParameterizedTest
    @EnumSource(value = Exchange.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void resumeWhereGradientsHaveOtherBits_isRefused_unlessAccepted(Exchange exchange) {
        Keeping keeping = new Keeping(null);
        String undisturbed = train(model(exchange, false), keeping);
        Checkpoint kept = Objects.requireNonNull(keeping.kept);
        assertThat(Objects.requireNonNull(kept.kernel()).engine()).startsWith("oneDNN 3.");
        assertThat(train(model(exchange, false), new Keeping(kept))).isEqualTo(undisturbed);

        Checkpoint others = new Checkpoint(kept.state(), kept.totals(), kept.callbacks(), kept.stopped(), OTHER);
        assertThatThrownBy(() -> train(model(exchange, false), new Keeping(others)))
                .hasMessageContaining("Cannot go on with the same bits: the run has computed with oneDNN 3.11.0, avx2,")
                .hasMessageContaining("JDK (Java 17, Java 17.")
                .hasMessageContaining("`accept_other_kernels`");
        assertThat(train(model(exchange, true), new Keeping(others))).isEqualTo(undisturbed);
    }
}

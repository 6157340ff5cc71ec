package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import scala.collection.JavaConverters;

/** What Spark's pages show of a training. */
class SparkPagesTest {

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static final class Seen extends SparkListener {

        final Queue<String> descriptions = new ConcurrentLinkedQueue<>();
        final Set<String> metrics = ConcurrentHashMap.newKeySet();

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            descriptions.add(String.valueOf(job.properties().getProperty("spark.job.description")));
        }

        @Override
        public void onStageCompleted(SparkListenerStageCompleted stage) {
            for (AccumulableInfo info : JavaConverters.asJavaIterable(
                    stage.stageInfo().accumulables().values())) {
                if (info.name().isDefined()) {
                    metrics.add(info.name().get());
                }
            }
        }

        /** Spark tells its listeners later, from a thread of its own. */
        void await(BooleanSupplier heard) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!heard.getAsBoolean()) {
                assertThat(System.nanoTime()).as(descriptions + " " + metrics).isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MEMORY, 'pages: epoch 1/2, 2 steps', 'pages: epoch 2/2, 2 steps'",
        "DRIVER, 'pages: epoch 1, step 1', 'pages: epoch 2, step 2'"
    })
    void fit_jobs_sayTheirEpochAndShowNamedMetrics(ClusterConf.Exchange exchange, String first, String last) {
        Seen seen = new Seen();
        spark.sc().addSparkListener(seen);
        try {
            SparkModel.of(Sequential.of(Input.of(2), Dense.of(1)).name("pages"), spark)
                    .on(ClusterConf.of().shards(2).exchange(exchange))
                    .compile("sgd", "mse")
                    .fit(
                            ArraySource.of(Tensor.zeros(8, 2), Tensor.zeros(8, 1)),
                            FitConf.of().batchSize(4).epochs(2).verbose(Verbose.SILENT));
            seen.await(() -> seen.descriptions.contains(first)
                    && seen.descriptions.contains(last)
                    && seen.metrics.containsAll(Set.of("images", "images/s", "compute (s)", "input stall (s)")));
        } finally {
            spark.sc().removeSparkListener(seen);
        }
    }

    @Test
    void evaluate_job_saysThatItValidates() {
        Seen seen = new Seen();
        spark.sc().addSparkListener(seen);
        try {
            SparkModel.of(Sequential.of(Input.of(2), Dense.of(1)).name("pages"), spark)
                    .compile("sgd", "mse")
                    .evaluate(ArraySource.of(Tensor.zeros(8, 2), Tensor.zeros(8, 1)));
            seen.await(() -> seen.descriptions.contains("pages: validation"));
        } finally {
            spark.sc().removeSparkListener(seen);
        }
    }
}

package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.LambdaCallback;
import org.lockstep.callbacks.ProgbarLogger;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.InputConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** Evaluations and predictions that somebody looks at while they go on. */
class WatchedTest {

    private static final Sequential NET = Sequential.of(Input.of(2), Dense.of(1));

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Sixty-four batches of different sizes; counts those that were made. */
    private record Counted() implements Sequence {

        static final AtomicInteger MADE = new AtomicInteger();

        @Override
        public int length() {
            return 64;
        }

        @Override
        public Batch get(int index) {
            MADE.incrementAndGet();
            int samples = 1 + index % 3;
            return new Batch(Tensor.zeros(samples, 2), Tensor.zeros(samples, 1));
        }
    }

    private static SparkModel model(int shards) {
        return SparkModel.of(NET, spark).on(ClusterConf.of().shards(shards)).compile("sgd", "mse");
    }

    /** Stands in for the bar, so that the test's own output stays clean. */
    private static ProgbarLogger quiet() {
        return new ProgbarLogger(new PrintStream(OutputStream.nullOutputStream()), false, () -> 0);
    }

    @Test
    void evaluate_withABar_tellsOfBatchesBeforeTheLastIsMade() {
        List<Integer> heard = new ArrayList<>();
        AtomicInteger madeAtFirst = new AtomicInteger(-1);
        Callback watcher = LambdaCallback.of().onTestBatchEnd((batch, logs) -> {
            madeAtFirst.compareAndSet(-1, Counted.MADE.get());
            heard.add(batch);
        });
        Counted.MADE.set(0);
        FitConf fit = FitConf.of().verbose(Verbose.PROGRESS_BAR).input(new InputConf(4, 1, false));
        Map<String, Double> watched = model(1).evaluate(new Counted(), fit, watcher, quiet());
        assertThat(heard).hasSize(64).isSorted();
        // One step, and what the queue holds or makes.
        assertThat(madeAtFirst.get()).isBetween(1, 7);
        assertThat(watched).isEqualTo(model(1).evaluate(new Counted()));
    }

    @Test
    void evaluate_onSeveralShardsWithABar_sameNumbers() {
        FitConf fit = FitConf.of().verbose(Verbose.PROGRESS_BAR);
        assertThat(model(3).evaluate(new Counted(), fit, quiet())).isEqualTo(model(3).evaluate(new Counted()));
    }

    @Test
    void predict_withABar_callsTheHooksOfEachBatchInOrder() {
        List<String> heard = new ArrayList<>();
        Callback watcher = LambdaCallback.of()
                .onPredictBegin(logs -> heard.add("begin"))
                .onPredictBatchBegin((batch, logs) -> heard.add("batch " + batch))
                .onPredictBatchEnd((batch, logs) -> heard.add("done " + batch))
                .onPredictEnd(logs -> heard.add("end"));
        Tensor x = Tensor.of(new int[] {7, 2}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
        SparkModel model = model(1);
        Tensor y = model.predict(x, 3, Verbose.PROGRESS_BAR, watcher, quiet());
        assertThat(heard)
                .containsExactly("begin", "batch 0", "done 0", "batch 1", "done 1", "batch 2", "done 2", "end");
        assertThat(y.values()).containsExactly(model.predict(x, 7).values());
    }
}

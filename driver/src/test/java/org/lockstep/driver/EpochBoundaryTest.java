package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.lockstep.callbacks.Callback;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;

/** What lies between the last step of an epoch and the first of the next: the end of a Spark job and the start of another. */
class EpochBoundaryTest {

    private static final int STEPS = 4;
    private static final int BATCH = 64;
    private static final int EPOCHS = 25;
    /** Epochs in which classes are loaded and compiled. */
    private static final int WARM = 5;

    private static final double MOST_MILLIS = 150;

    /** When the driver heard of each step. */
    private static final class Clock extends Callback {

        private final List<Long> heard = new ArrayList<>();

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            heard.add(System.nanoTime());
        }

        /** From each step to the next: of those that are the first of an epoch, or of all others. */
        List<Double> millis(boolean acrossEpochs) {
            List<Double> gaps = new ArrayList<>();
            for (int step = WARM * STEPS; step < heard.size(); step++) {
                boolean first = step % STEPS == 0;
                if (first == acrossEpochs) {
                    gaps.add((heard.get(step) - heard.get(step - 1)) * 1e-6);
                }
            }
            return gaps;
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Test
    void fromOneEpochToTheNext_takesAFractionOfASecond() {
        Sequential lenet = Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(20, 5).padding("same").activation("relu"),
                MaxPooling2D.of(2),
                Conv2D.of(50, 5).padding("same").activation("relu"),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(500).activation("relu"),
                Dense.of(10).activation("softmax"));
        Clock clock = new Clock();
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            SparkModel.of(lenet, spark)
                    .on(ClusterConf.of().shards(2))
                    .compile("adam", "sparse_categorical_crossentropy", "accuracy")
                    .fit(
                            SyntheticDigits.of(STEPS * BATCH, 1),
                            FitConf.of().batchSize(BATCH).epochs(EPOCHS).verbose(Verbose.SILENT),
                            clock);
        }

        assertThat(clock.heard).hasSize(EPOCHS * STEPS);
        double boundary = median(clock.millis(true)) - median(clock.millis(false));
        System.out.printf("an epoch's boundary takes %.1f ms%n", boundary);
        assertThat(boundary).as("milliseconds beyond a step").isLessThan(MOST_MILLIS);
    }
}

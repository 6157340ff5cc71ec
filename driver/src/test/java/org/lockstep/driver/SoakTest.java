package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.lockstep.callbacks.Callback;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.DataSource;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;

/** Many steps in one JVM: resident memory stays flat. {@code -Dlockstep.soak.steps=10000} runs it. */
@EnabledIfSystemProperty(named = "lockstep.soak.steps", matches = "\\d+")
class SoakTest {

    /** 390 samples: a last batch of each epoch that is smaller than the others. */
    private static final int SAMPLES = 390;

    private static final int BATCH = 16;
    private static final int STEPS_PER_EPOCH = (SAMPLES + BATCH - 1) / BATCH;
    private static final long MOST_GROWTH = 48L << 20;

    private record Memory(long resident, long heap) {

        static Memory now() {
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            try {
                for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                    if (line.startsWith("VmRSS:")) {
                        return new Memory(Long.parseLong(line.replaceAll("\\D", "")) << 10, used);
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            throw new IllegalStateException("Cannot read the resident size: no VmRSS in /proc/self/status");
        }

        @Override
        public String toString() {
            return "%d MB resident, %d MB heap".formatted(resident >> 20, heap >> 20);
        }
    }

    /** Looks at the memory when a fifth of the epochs is over, and at the end. */
    private static final class Watch extends Callback {

        private final int epochs;
        private final Memory[] seen = {Memory.now(), Memory.now()};

        Watch(int epochs) {
            this.epochs = epochs;
        }

        @Override
        public void onEpochEnd(int epoch, Map<String, Double> logs) {
            if (epoch == epochs / 5) {
                seen[0] = Memory.now();
            } else if (epoch == epochs - 1) {
                seen[1] = Memory.now();
            }
        }
    }

    @Test
    void manySteps_residentSizeStaysFlat() {
        int steps = Integer.getInteger("lockstep.soak.steps", 0);
        int epochs = Math.max(10, steps / STEPS_PER_EPOCH);
        AtomicLong longestPause = new AtomicLong();
        watchPauses(longestPause);
        Sequential network = Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(4, 5).activation("relu"),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(64).activation("relu"),
                Dense.of(10).activation("softmax"));
        DataSource digits = SyntheticDigits.of(SAMPLES + 100, 1);
        Watch watch = new Watch(epochs);
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            SparkModel.of(network, spark)
                    .on(ClusterConf.of().shards(2))
                    .compile("adam", "sparse_categorical_crossentropy", "accuracy")
                    .fit(
                            digits.take(SAMPLES),
                            FitConf.of().batchSize(BATCH).epochs(epochs).verbose(Verbose.SILENT),
                            digits.skip(SAMPLES),
                            watch);
        }
        System.out.printf(
                "%d steps in %d epochs: %s after a fifth, %s at the end; longest GC pause %d ms%n",
                epochs * STEPS_PER_EPOCH, epochs, watch.seen[0], watch.seen[1], longestPause.get());
        assertThat(watch.seen[1].resident() - watch.seen[0].resident())
                .as("growth of the resident size from %s to %s", watch.seen[0], watch.seen[1])
                .isLessThan(MOST_GROWTH);
    }

    /** Keeps the longest pause of collections that nobody asked for. */
    private static void watchPauses(AtomicLong longest) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                if (!info.getGcCause().equals("System.gc()")) {
                                    longest.accumulateAndGet(info.getGcInfo().getDuration(), Math::max);
                                }
                            },
                            null,
                            null);
        }
    }
}

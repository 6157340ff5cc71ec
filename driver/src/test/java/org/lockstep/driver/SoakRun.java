package org.lockstep.driver;

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
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
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

/** A long training in a JVM of its own, which says how much memory it has early on and at the end: {@link SoakTest}'s. */
public final class SoakRun {

    /** 390 samples: a last batch of each epoch that is smaller than the others. */
    private static final int SAMPLES = 390;

    private static final int BATCH = 16;
    private static final int STEPS_PER_EPOCH = (SAMPLES + BATCH - 1) / BATCH;

    /** Of the jobs and stages that Spark remembers; reached before the first look. */
    private static final int REMEMBERED = 10;

    private SoakRun() {}

    private record Memory(long resident, long heap) {

        static Memory now() {
            // Twice: what the first collection finds unreachable, such as direct buffers, is freed by then.
            System.gc();
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
    }

    /** Looks at the memory when a fifth of the epochs is over, and at the end; in between at the collector's pauses. */
    private static final class Watch extends Callback {

        private final int epochs;
        private final AtomicLong longestPause = new AtomicLong();
        private final Memory[] seen = {new Memory(0, 0), new Memory(0, 0)};

        Watch(int epochs) {
            this.epochs = epochs;
        }

        @Override
        public void onEpochEnd(int epoch, Map<String, Double> logs) {
            if (epoch == epochs / 5) {
                seen[0] = Memory.now();
                watchPauses(longestPause);
            } else if (epoch == epochs - 1) {
                seen[1] = Memory.now();
            }
        }
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

    /** The argument is the number of steps; prints {@link SoakTest.Result#words}. */
    public static void main(String[] arguments) {
        int epochs = Math.max(10, Integer.parseInt(arguments[0]) / STEPS_PER_EPOCH);
        Sequential network = Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(4, 5).activation("relu"),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(64).activation("relu"),
                Dense.of(10).activation("softmax"));
        DataSource digits = SyntheticDigits.of(SAMPLES + 100, 1);
        Watch watch = new Watch(epochs);
        SparkConf conf = LocalSpark.conf("local[2]")
                .set("spark.ui.retainedJobs", Integer.toString(REMEMBERED))
                .set("spark.ui.retainedStages", Integer.toString(REMEMBERED))
                .set("spark.ui.retainedTasks", Integer.toString(REMEMBERED));
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            SparkModel.of(network, spark)
                    .on(ClusterConf.of().shards(2))
                    .compile("adam", "sparse_categorical_crossentropy", "accuracy")
                    .fit(
                            digits.take(SAMPLES),
                            FitConf.of().batchSize(BATCH).epochs(epochs).verbose(Verbose.SILENT),
                            digits.skip(SAMPLES),
                            watch);
        }
        System.out.println(new SoakTest.Result(
                        epochs,
                        epochs * STEPS_PER_EPOCH,
                        watch.seen[0].resident(),
                        watch.seen[1].resident(),
                        watch.seen[0].heap(),
                        watch.seen[1].heap(),
                        watch.longestPause.get())
                .words());
    }
}

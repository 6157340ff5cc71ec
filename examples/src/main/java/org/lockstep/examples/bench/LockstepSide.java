package org.lockstep.examples.bench;

import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.callbacks.Callback;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.array.ArraySource;
import org.lockstep.driver.SparkModel;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import org.lockstep.executor.step.Networks;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/**
 * Lockstep's trainer: two shards, gradients averaged in memory after every step.
 *
 * <p>An epoch is the second of a {@code fit} of two, from the end of the first: its Spark job, the broadcast of the
 * weights, all steps, and the callbacks. The first opens queues and compiles networks, and is not counted.
 */
final class LockstepSide implements Side {

    private static final Sequential LENET = Sequential.of(
            Input.of(Workload.SIDE, Workload.SIDE, 1),
            Conv2D.of(20, 5).padding("same").activation("relu"),
            MaxPooling2D.of(2),
            Conv2D.of(50, 5).padding("same").activation("relu"),
            MaxPooling2D.of(2),
            Flatten.of(),
            Dense.of(500).activation("relu"),
            Dense.of(Workload.CLASSES).activation("softmax"));
    private static final FitConf FIT = FitConf.of()
            .batchSize(Workload.GLOBAL_BATCH)
            .epochs(2)
            .verbose(Verbose.SILENT)
            .seed(Workload.SEED);

    private final JavaSparkContext spark;
    private final SparkModel model;
    private final ArraySource training;
    private final ArraySource heldOut;

    LockstepSide(Workload workload) {
        spark = new JavaSparkContext(new SparkConf(false)
                .setMaster(workload.master())
                .setAppName("bench-lockstep")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost"));
        model = SparkModel.of(LENET, spark)
                .on(ClusterConf.of().shards(Workload.WORKERS).exchange(ClusterConf.Exchange.MEMORY))
                .compile(CompileConf.of(
                        SGD.of().learningRate(Workload.LEARNING_RATE),
                        Loss.of("sparse_categorical_crossentropy"),
                        "accuracy"));
        training = source(workload.training());
        heldOut = source(workload.heldOut());
    }

    @Override
    public String description() {
        return "Lockstep, " + Networks.describe(ClusterConf.Engine.ONEDNN, 1) + ", Spark " + spark.version();
    }

    @Override
    public double epoch() {
        LastEpoch clock = new LastEpoch();
        model.fit(training, FIT, clock);
        return clock.seconds();
    }

    @Override
    public double accuracy() {
        return Objects.requireNonNull(model.evaluate(heldOut, FIT).get("accuracy"));
    }

    @Override
    public void close() {
        spark.close();
    }

    private static ArraySource source(Workload.Images images) {
        return ArraySource.of(images.x(), images.y());
    }

    /** The time from the end of one epoch to the end of the next. */
    private static final class LastEpoch extends Callback {

        private long previous;
        private long last;

        @Override
        public void onEpochEnd(int epoch, Map<String, Double> logs) {
            previous = last;
            last = System.nanoTime();
        }

        double seconds() {
            return (last - previous) * 1e-9;
        }
    }
}

package org.lockstep.examples.chaos;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.NetworkConf;
import org.lockstep.conf.Verbose;
import org.lockstep.driver.SparkModel;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;

/**
 * A training that must end alike wherever it runs.
 *
 * @param faults the most that are inflicted, so that all trainings have their share
 * @param isSynchronous whether workers wait after each step, as for callbacks that change the model
 */
record Training(
        String title,
        Sequential network,
        String optimizer,
        int shards,
        boolean isSynchronous,
        int faults,
        int epochs,
        int steps) {

    private static final int SEED = 7;
    private static final int BATCH = 8;

    /** Seconds: the default would lose a minute's steps with each fault. */
    private static final double RECOVERY_INTERVAL = 5;

    /** What it ends with. */
    record End(String sha256, Map<String, List<Double>> logs, History history) {}

    /** One after another of different kinds, each with steps enough for that many faults, and for executors to come back. */
    static Training of(int number, int faults) {
        int allSteps = Disturber.LAST_STEPS + faults * 2 * Fault.longestGap();
        int epochs = Math.max(2, allSteps / 100);
        int steps = (allSteps + epochs - 1) / epochs;
        return switch (number % 4) {
            case 0 -> new Training("convolutions", convolutions(), "adam", 4, false, faults, epochs, steps);
            case 1 -> new Training("dropout", dropout(), "sgd", 3, false, faults, epochs, steps);
            case 2 -> new Training("penalties", penalties(), "rmsprop", 6, false, faults, epochs, steps);
            default -> new Training("step by step", convolutions(), "adam", 3, true, faults, epochs, steps);
        };
    }

    private static Sequential convolutions() {
        return Sequential.of(
                Input.of(PacedDigits.SIDE, PacedDigits.SIDE, 1),
                Conv2D.of(8, 3).activation("relu"),
                MaxPooling2D.of(2),
                Conv2D.of(16, 3).activation("relu"),
                Flatten.of(),
                Dense.of(64).activation("relu"),
                Dense.of(PacedDigits.CLASSES).activation("softmax"));
    }

    private static Sequential dropout() {
        return Sequential.of(
                Input.of(PacedDigits.SIDE, PacedDigits.SIDE, 1),
                Conv2D.of(8, 3),
                BatchNormalization.of(),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dropout.of(0.3),
                Dense.of(PacedDigits.CLASSES).activation("softmax"));
    }

    private static Sequential penalties() {
        return Sequential.of(
                Input.of(PacedDigits.SIDE, PacedDigits.SIDE, 1),
                Flatten.of(),
                Dense.of(200).activation("relu").kernelRegularizer("l2").kernelConstraint("max_norm"),
                Dense.of(PacedDigits.CLASSES).activation("softmax"));
    }

    int allSteps() {
        return epochs * steps;
    }

    /** Trains, with nothing but batches' pace to tell runs apart. */
    End run(JavaSparkContext spark, ClusterConf.Exchange exchange, int paceMillis, Callback watching) {
        ClusterConf cluster = ClusterConf.of()
                .shards(shards)
                .exchange(exchange)
                .network(NetworkConf.of().recoveryInterval(RECOVERY_INTERVAL));
        SparkModel model = SparkModel.of(network, spark)
                .on(cluster)
                .compile(optimizer, "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().epochs(epochs).seed(SEED).maxQueueSize(2).verbose(Verbose.SILENT);
        History history = model.fit(new PacedDigits(steps * shards, BATCH, SEED, paceMillis), fit, watching);
        return new End(model.state(SEED).sha256(), Map.copyOf(history.history()), history);
    }
}

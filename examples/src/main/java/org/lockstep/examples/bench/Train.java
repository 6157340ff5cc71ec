package org.lockstep.examples.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.lockstep.examples.bench.side.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lockstep's whole trainer on Spark, beside its engine and DL4J Spark; JSON as {@link Report} says. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Images per second of whole trainers, on batches in memory.",
            "Sides: engine, Lockstep's engine in one process with two threads; trainer_1, trainer_2 and"
                    + " trainer_cluster, Lockstep on local[1], local[2] and two executors of one core; shard_1, Lockstep on"
                    + " local[1] with half the batch, as each of two workers has it; evaluate_2 and predict_2, Lockstep's"
                    + " evaluate and predict on local[2]; dl4j_spark, DL4J's ParameterAveragingTrainingMaster on local[2],"
                    + " which averages after every step, for lenet.",
            "Counted is one epoch, for Lockstep within a fit, for DL4J fit(rdd) on a cached RDD; starting Spark and"
                    + " loading data are not. Each side is a JVM of its own and idles while another is measured.",
            "Accuracy is on held-out digits at the end, where Lockstep's trainer has made twice as many epochs: before"
                    + " each that counts, its fit makes one that does not."
        })
final class Train implements Callable<Integer> {

    private static final int THREADS = 2;

    private static final List<Entrant> SIDES = List.of(
            Entrant.ENGINE,
            Entrant.TRAINER_1,
            Entrant.TRAINER_2,
            Entrant.TRAINER_CLUSTER,
            Entrant.SHARD_1,
            Entrant.EVALUATE_2,
            Entrant.PREDICT_2,
            Entrant.DL4J_SPARK);

    @Option(
            names = "--models",
            split = ",",
            defaultValue = "lenet,vgg,resnet20,mobilenet",
            description = "Networks (default ${DEFAULT-VALUE}).")
    private List<String> models = List.of();

    @Mixin
    private Settings settings = new Settings();

    @Mixin
    private Comparison comparison = new Comparison();

    @Override
    public Integer call() throws IOException {
        return comparison.run(settings, models, SIDES, Entrant.TRAINER_2, THREADS, Workload::new, (report, out) -> {});
    }
}

package org.lockstep.examples.bench.ours;

import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.DataSource;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.data.augment.RandomFlip;
import org.lockstep.data.image.ImageFolder;
import org.lockstep.driver.SparkModel;
import org.lockstep.examples.bench.side.Images;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import org.lockstep.executor.step.Networks;
import org.lockstep.losses.Loss;
import org.lockstep.optimizers.SGD;

/**
 * Lockstep's trainer on Spark: a shard for each task that Spark runs at once, gradients averaged after every step by the
 * exchange that Lockstep chooses for the master. A round also says what a step's exchange took, what passed between the two
 * epochs and, where images are read from files, how long training waited for them.
 *
 * <p>A round is the second epoch of a {@code fit} of two, from the end of the first: its Spark job, the broadcast of the
 * weights, all steps, and the callbacks. The first opens queues and compiles networks, and is not counted.
 */
public final class TrainerSide implements Side {

    private static final double MILLIS = 1e3;

    private final Workload workload;
    private final JavaSparkContext spark;
    private final StageTimes stages = new StageTimes();
    private final JvmWatch watch = new JvmWatch();
    private final int shards;
    private final SparkModel model;
    private final DataSource training;
    private final @Nullable ArraySource heldOut;

    /**
     * Starts Spark.
     *
     * @param master such as {@code local[2]}
     * @param shards the tasks that Spark runs at once there
     * @param decodesAhead whether images in files are decoded before anything is measured, and not flipped; without files
     *     it changes nothing
     */
    public TrainerSide(Workload workload, String master, int shards, boolean decodesAhead) {
        this.workload = workload;
        this.shards = shards;
        this.spark = new JavaSparkContext(new SparkConf(false)
                .setMaster(master)
                .setAppName("bench-lockstep")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set(
                        "spark.executor.extraJavaOptions",
                        "-Dorg.bytedeco.javacpp.logger=slf4j -Dorg.bytedeco.javacpp.canCreateSymbolicLink=false"));
        this.spark.sc().addSparkListener(stages);
        this.model = SparkModel.of(workload.model().network(), spark)
                .on(ClusterConf.of().shards(shards))
                .compile(CompileConf.of(
                        SGD.of().learningRate(Workload.LEARNING_RATE),
                        Loss.of("sparse_categorical_crossentropy"),
                        "accuracy"));
        this.training = workload.folder() == null ? source(Images.training(workload)) : files(workload, decodesAhead);
        this.heldOut = Images.haveMeaning(workload.model()) ? source(Images.heldOut(workload)) : null;
    }

    private static DataSource files(Workload workload, boolean decodesAhead) {
        int edge = workload.model().edge();
        IndexedSource files = ImageFolder.of(Objects.requireNonNull(workload.folder()), edge, edge)
                .scale(1f / 255)
                .take(workload.images());
        return decodesAhead ? decoded(files) : files.augment(RandomFlip.horizontal());
    }

    private static ArraySource decoded(IndexedSource files) {
        Samples samples = files.openSamples();
        int count = Math.toIntExact(samples.count());
        Tensor x = samples.emptyX(count);
        Tensor y = samples.emptyY(count);
        for (int i = 0; i < count; i++) {
            samples.copy(i, x, y, i);
        }
        return ArraySource.of(x, y);
    }

    private FitConf fit() {
        return FitConf.of()
                .batchSize(workload.batch())
                .epochs(2)
                .workers(workload.inputWorkers())
                .verbose(Verbose.SILENT)
                .seed(Workload.SEED);
    }

    @Override
    public String description() {
        return "Lockstep on %s, %d shard(s), Spark %s, %s"
                .formatted(spark.master(), shards, spark.version(), Networks.describe(ClusterConf.Engine.ONEDNN, 1));
    }

    @Override
    public Round round() {
        EpochClock clock = new EpochClock(watch::begin);
        model.fit(training, fit(), clock);
        Map<String, Double> figures = watch.figures();
        Map<String, Double> seconds = stages.since(clock.begun());
        figures.put(
                Round.EXCHANGE, MILLIS * seconds.getOrDefault(StageTimes.EXCHANGE, 0.0) / shards / workload.steps());
        if (workload.folder() != null) {
            figures.put(Round.STALL, seconds.getOrDefault(StageTimes.STALL, 0.0) / shards);
        }
        if (workload.steps() > 1) {
            figures.put(Round.BOUNDARY, clock.boundaryMillis());
        }
        return new Round(clock.seconds(), workload.images(), figures);
    }

    @Override
    public double accuracy() {
        return heldOut == null
                ? Double.NaN
                : Objects.requireNonNull(model.evaluate(heldOut, fit()).get("accuracy"));
    }

    @Override
    public void close() {
        spark.close();
    }

    private static ArraySource source(Images images) {
        return ArraySource.of(images.x(), images.y());
    }
}

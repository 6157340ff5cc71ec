package org.lockstep.examples.bench.ours;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.array.ArraySource;
import org.lockstep.driver.SparkModel;
import org.lockstep.examples.bench.side.Images;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

/**
 * {@code predict} or {@code evaluate} of Lockstep on Spark, over at least {@value #IMAGES} images. A round begins with one
 * image for each task: what that takes is the job's start, shown apart and taken off.
 */
public final class InferenceSide implements Side {

    /** The least images of a round. */
    public static final int IMAGES = 10_000;

    /** What is done with images. */
    private interface Verb {
        void run(SparkModel model, Images images, int batch);
    }

    private final JavaSparkContext spark;
    private final SparkModel model;
    private final String title;
    private final Verb verb;
    private final int batch;
    private final Images images;
    private final Images few;

    private InferenceSide(Workload workload, String master, int tasks, String title, Verb verb) {
        this.title = title;
        this.verb = verb;
        spark = new JavaSparkContext(new SparkConf(false)
                .setMaster(master)
                .setAppName("bench-inference")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost"));
        model = SparkModel.of(workload.model().network(), spark)
                .on(ClusterConf.of().shards(tasks))
                .compile("sgd", "sparse_categorical_crossentropy", "accuracy");
        batch = workload.batch();
        int steps = Math.max(workload.steps(), -Math.floorDiv(-IMAGES, batch));
        images = Images.training(new Workload(workload.model(), batch, steps, workload.threads()));
        few = new Images(images.x().rows(0, tasks), images.y().rows(0, tasks));
    }

    /**
     * Starts Spark for {@code predict}.
     *
     * @param tasks that Spark runs at once with that master
     */
    public static InferenceSide predict(Workload workload, String master, int tasks) {
        return new InferenceSide(
                workload, master, tasks, "predict", (model, images, batch) -> model.predict(images.x(), batch));
    }

    /**
     * Starts Spark for {@code evaluate}, which is what validates too.
     *
     * @param tasks that Spark runs at once with that master, a shard each
     */
    public static InferenceSide evaluate(Workload workload, String master, int tasks) {
        return new InferenceSide(
                workload,
                master,
                tasks,
                "evaluate",
                (model, images, batch) -> model.evaluate(
                        ArraySource.of(images.x(), images.y()),
                        FitConf.of().batchSize(batch).verbose(Verbose.SILENT)));
    }

    @Override
    public String description() {
        return "Lockstep's %s on %s, %d images, Spark %s"
                .formatted(title, spark.master(), images.x().dimension(0), spark.version());
    }

    @Override
    public Round round() {
        double start = seconds(few);
        double whole = seconds(images);
        return new Round(
                Math.max(whole - start, Double.MIN_NORMAL), images.x().dimension(0), Map.of(Round.START_UP, start));
    }

    private double seconds(Images some) {
        long start = System.nanoTime();
        verb.run(model, some, batch);
        return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public void close() {
        spark.close();
    }
}

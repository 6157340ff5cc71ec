package org.lockstep.examples.bench.ours;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.data.Tensor;
import org.lockstep.driver.SparkModel;
import org.lockstep.examples.bench.side.Images;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

/**
 * {@code predict} of Lockstep on Spark, over at least {@value #IMAGES} images. A round begins with a prediction of one image
 * for each task: what it takes is the job's start, shown apart and taken off.
 */
public final class InferenceSide implements Side {

    /** The least images of a round. */
    public static final int IMAGES = 10_000;

    private final JavaSparkContext spark;
    private final SparkModel model;
    private final int batch;
    private final Tensor images;
    private final Tensor few;

    /**
     * Starts Spark.
     *
     * @param tasks that Spark runs at once with that master
     */
    public InferenceSide(Workload workload, String master, int tasks) {
        spark = new JavaSparkContext(new SparkConf(false)
                .setMaster(master)
                .setAppName("bench-inference")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost"));
        model = SparkModel.of(workload.model().network(), spark)
                .compile("sgd", "sparse_categorical_crossentropy", "accuracy");
        batch = workload.batch();
        int steps = Math.max(workload.steps(), -Math.floorDiv(-IMAGES, batch));
        images = Images.training(new Workload(workload.model(), batch, steps, workload.threads()))
                .x();
        few = images.rows(0, tasks);
    }

    @Override
    public String description() {
        return "Lockstep's predict on %s, %d images, Spark %s"
                .formatted(spark.master(), images.dimension(0), spark.version());
    }

    @Override
    public Round round() {
        double start = seconds(few);
        double whole = seconds(images);
        return new Round(
                Math.max(whole - start, Double.MIN_NORMAL), images.dimension(0), Map.of(Round.START_UP, start));
    }

    private double seconds(Tensor x) {
        long start = System.nanoTime();
        model.predict(x, batch);
        return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public void close() {
        spark.close();
    }
}

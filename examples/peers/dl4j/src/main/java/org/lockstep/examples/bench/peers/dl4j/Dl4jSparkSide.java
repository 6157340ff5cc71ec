package org.lockstep.examples.bench.peers.dl4j;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.lockstep.examples.bench.side.Images;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's {@code ParameterAveragingTrainingMaster} on {@code local[2]}, averaging after every step, each of two workers
 * taking half a batch.
 *
 * <p>A round is one {@code fit(rdd)}. Before it, the batches are made at their final size, cut into one partition per
 * worker, and cached as objects; nothing is exported to files, shuffled between steps, or collected as statistics.
 */
final class Dl4jSparkSide implements Side {

    private static final int WORKERS = 2;

    private final Workload workload;
    private final JavaSparkContext spark;
    private final SparkDl4jMultiLayer network;
    private final JavaRDD<DataSet> training;

    Dl4jSparkSide(Workload workload) {
        this.workload = workload;
        int part = workload.batch() / WORKERS;
        if (part * WORKERS != workload.batch()) {
            throw new IllegalArgumentException(
                    "Invalid `batches`: must be even where dl4j_spark takes part. Received: " + workload.batch());
        }
        spark = new JavaSparkContext(new SparkConf(false)
                .setMaster("local[" + WORKERS + "]")
                .setAppName("bench-dl4j")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost"));
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(WORKERS, part)
                .averagingFrequency(1)
                .batchSizePerWorker(part)
                .workerPrefetchNumBatches(0)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .repartionData(Repartition.NumPartitionsWorkersDiffers)
                .storageLevel(StorageLevel.MEMORY_ONLY())
                .build();
        network = new SparkDl4jMultiLayer(spark, Dl4jModel.stack(workload.model()), master);
        List<Integer> numbers =
                IntStream.range(0, workload.steps() * WORKERS).boxed().toList();
        // Made where they are cached: a list of batches would travel with every task.
        training = spark.parallelize(numbers, WORKERS)
                .map(number -> Dl4jData.of(Images.training(workload, number * part, (number + 1) * part)))
                .cache();
        training.count();
    }

    @Override
    public String description() {
        return "ParameterAveragingTrainingMaster of %s, %s, Spark %s"
                .formatted(
                        Dl4jData.jar(SparkDl4jMultiLayer.class),
                        Dl4jData.jar(Nd4j.getBackend().getClass()),
                        spark.version());
    }

    @Override
    public Round round() {
        long start = System.nanoTime();
        network.fit(training);
        return new Round((System.nanoTime() - start) * 1e-9, workload.images());
    }

    @Override
    public double accuracy() {
        if (!Images.haveMeaning(workload.model())) {
            return Double.NaN;
        }
        DataSet samples = Dl4jData.of(Images.heldOut(workload));
        return Dl4jData.accuracy(network.getNetwork().output(samples.getFeatures()), samples);
    }

    @Override
    public void close() {
        spark.close();
    }
}

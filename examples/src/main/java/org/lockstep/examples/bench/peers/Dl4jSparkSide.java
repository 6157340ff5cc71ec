package org.lockstep.examples.bench.peers;

import java.nio.file.Path;
import java.security.CodeSource;
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
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's {@code ParameterAveragingTrainingMaster}, averaging after every step, each worker taking a batch of 32.
 *
 * <p>An epoch is one {@code fit(rdd)}. Before it, the batches are made at their final size, cut into one partition per
 * worker, and cached as objects; nothing is exported to files, shuffled between steps, or collected as statistics.
 */
public final class Dl4jSparkSide implements Side {

    private final JavaSparkContext spark;
    private final SparkDl4jMultiLayer network;
    private final JavaRDD<DataSet> training;
    private final DataSet heldOut;

    public Dl4jSparkSide(Workload workload) {
        spark = new JavaSparkContext(new SparkConf(false)
                .setMaster(workload.master())
                .setAppName("bench-dl4j")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost"));
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(
                        Workload.WORKERS, Workload.BATCH_PER_WORKER)
                .averagingFrequency(1)
                .batchSizePerWorker(Workload.BATCH_PER_WORKER)
                .workerPrefetchNumBatches(0)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .repartionData(Repartition.NumPartitionsWorkersDiffers)
                .storageLevel(StorageLevel.MEMORY_ONLY())
                .build();
        network = new SparkDl4jMultiLayer(spark, Dl4jLenet.configuration(), master);
        List<Integer> numbers =
                IntStream.range(0, workload.steps() * Workload.WORKERS).boxed().toList();
        // Made where they are cached: a list of batches would travel with every task.
        training = spark.parallelize(numbers, Workload.WORKERS)
                .map(number -> batch(workload, number))
                .cache();
        training.count();
        heldOut = dataSet(workload.heldOut());
    }

    @Override
    public String description() {
        return "ParameterAveragingTrainingMaster of %s, %s, Spark %s"
                .formatted(jar(SparkDl4jMultiLayer.class), jar(Nd4j.getBackend().getClass()), spark.version());
    }

    @Override
    public double epoch() {
        long start = System.nanoTime();
        network.fit(training);
        return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public double accuracy() {
        INDArray named = network.getNetwork().output(heldOut.getFeatures()).argMax(1);
        INDArray digits = heldOut.getLabels().argMax(1);
        return named.eq(digits)
                .castTo(Nd4j.defaultFloatingPointType())
                .meanNumber()
                .doubleValue();
    }

    @Override
    public void close() {
        spark.close();
    }

    private static DataSet batch(Workload workload, int number) {
        int from = number * Workload.BATCH_PER_WORKER;
        return dataSet(workload.training(from, from + Workload.BATCH_PER_WORKER));
    }

    private static DataSet dataSet(Workload.Images images) {
        int count = images.x().dimension(0);
        INDArray features = Nd4j.createFromArray(images.x().values()).reshape(count, 1, Workload.SIDE, Workload.SIDE);
        INDArray labels = Nd4j.zeros(count, Workload.CLASSES);
        for (int i = 0; i < count; i++) {
            labels.putScalar(i, (int) images.y().values()[i], 1);
        }
        return new DataSet(features, labels);
    }

    private static String jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null
                ? ""
                : Path.of(source.getLocation().getPath()).getFileName().toString();
    }
}

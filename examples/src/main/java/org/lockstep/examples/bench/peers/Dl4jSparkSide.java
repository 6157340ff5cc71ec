package org.lockstep.examples.bench.peers;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.lockstep.data.Tensor;
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
        training = spark.parallelize(batches(workload.training()), Workload.WORKERS)
                .cache();
        training.count();
        Workload.Images held = workload.heldOut();
        heldOut = dataSet(held, 0, held.x().dimension(0));
    }

    @Override
    public String description() {
        return "DL4J " + Versions.of("deeplearning4j-nn") + " ParameterAveragingTrainingMaster, ND4J "
                + Nd4j.getBackend().getClass().getSimpleName() + ", Spark " + spark.version();
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

    private static List<DataSet> batches(Workload.Images images) {
        List<DataSet> batches = new ArrayList<>();
        for (int from = 0; from < images.x().dimension(0); from += Workload.BATCH_PER_WORKER) {
            batches.add(dataSet(images, from, from + Workload.BATCH_PER_WORKER));
        }
        return batches;
    }

    private static DataSet dataSet(Workload.Images images, int from, int to) {
        Tensor x = images.x().rows(from, to);
        Tensor y = images.y().rows(from, to);
        INDArray features = Nd4j.createFromArray(x.values()).reshape(to - from, 1, Workload.SIDE, Workload.SIDE);
        INDArray labels = Nd4j.zeros(to - from, Workload.CLASSES);
        for (int i = 0; i < y.size(); i++) {
            labels.putScalar(i, (int) y.values()[i], 1);
        }
        return new DataSet(features, labels);
    }
}

package org.lockstep.examples.bench.peers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J's own training on Spark, which was built for Spark 3.1, on this build's Spark and trimmed class path. */
@Tag("spark")
class Dl4jSparkTest {

    private static final int CLASSES = 3;

    @Test
    void parameterAveraging_onThisSpark_trains() {
        MultiLayerConfiguration conf = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.5))
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(CLASSES)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        List<DataSet> samples =
                IntStream.range(0, 32).mapToObj(i -> oneHot(i % CLASSES)).toList();
        SparkConf spark = new SparkConf()
                .setMaster("local[2]")
                .setAppName("dl4j-spark")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1");
        try (JavaSparkContext context = new JavaSparkContext(spark)) {
            ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(1)
                    .averagingFrequency(1)
                    .batchSizePerWorker(4)
                    .rddTrainingApproach(RDDTrainingApproach.Direct)
                    .build();
            SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(context, conf, master);
            DataSet all = DataSet.merge(samples);
            double before = network.getNetwork().score(all);

            network.fit(context.parallelize(samples, 2));

            assertThat(network.getNetwork().score(all)).isLessThan(before);
        }
    }

    private static DataSet oneHot(int label) {
        INDArray row = Nd4j.zeros(1, CLASSES).putScalar(0, label, 1);
        return new DataSet(row, row.dup());
    }
}

package org.lockstep.executor.step.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** ND4J's natives (bytedeco 1.5.7) and oneDNN's (1.5.13) in one JVM, on the trimmed class path. */
class NativesTest {

    @Test
    void nd4jAndOnednn_inOneJvm_bothCompute() {
        assertThat(Nd4j.create(1).addi(1).getFloat(0)).isEqualTo(1.0f);

        try (engine cpu = new engine(engine.kind.cpu, 0)) {
            assertThat(cpu.get_kind().intern()).isEqualTo(engine.kind.cpu);
            assertThat(dnnl.dnnl_version().major()).isEqualTo(3);
        }

        assertThat(Nd4j.ones(3, 4).mmul(Nd4j.ones(4, 5)).sumNumber().doubleValue())
                .isEqualTo(60.0);
    }

    @Test
    void convolutionAndDense_oneFitStep_changesParametersAndScore() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(6, 6, 1))
                .build());
        network.init();
        INDArray features = Nd4j.rand(5, 1, 6, 6);
        INDArray labels = Nd4j.eye(3).get(Nd4j.createFromArray(0, 1, 2, 0, 1));
        DataSet data = new DataSet(features, labels);
        INDArray before = network.params().dup();
        double scoreBefore = network.score(data);

        network.fit(data);

        assertThat(network.params()).isNotEqualTo(before);
        assertThat(network.score(data)).isLessThan(scoreBefore);
    }
}

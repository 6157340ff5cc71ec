package org.lockstep.examples.bench.peers;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.lockstep.examples.bench.side.Workload;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** LeNet as DL4J writes it, in DL4J's own layout, channels first. */
final class Dl4jLenet {

    private Dl4jLenet() {}

    static MultiLayerConfiguration configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(Workload.SEED)
                .updater(new Sgd(Workload.LEARNING_RATE))
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .list()
                .layer(convolution(20))
                .layer(pooling())
                .layer(convolution(50))
                .layer(pooling())
                .layer(new DenseLayer.Builder()
                        .nOut(500)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(Workload.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(Workload.SIDE, Workload.SIDE, 1))
                .build();
    }

    private static ConvolutionLayer convolution(int filters) {
        return new ConvolutionLayer.Builder(5, 5)
                .nOut(filters)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.RELU)
                .build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}

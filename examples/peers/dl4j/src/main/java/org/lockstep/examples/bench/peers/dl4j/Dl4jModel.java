package org.lockstep.examples.bench.peers.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Workload;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Padding;
import org.lockstep.layers.Pair;
import org.lockstep.layers.Window;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network as DL4J writes it, in DL4J's own layout, channels first. */
final class Dl4jModel {

    private Dl4jModel() {}

    static MultiLayerConfiguration of(BenchModel model) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(Workload.SEED)
                .updater(new Sgd(Workload.LEARNING_RATE))
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .list();
        List<Layer> layers = model.network().layers();
        for (Layer layer : layers) {
            boolean isLast = layer == layers.get(layers.size() - 1);
            if (layer instanceof Conv2D convolution) {
                list.layer(convolution(convolution));
            } else if (layer instanceof MaxPooling2D pooling) {
                list.layer(pooling(pooling));
            } else if (layer instanceof Dense dense) {
                list.layer(isLast ? output(dense) : dense(dense));
            } else if (!(layer instanceof Flatten)) {
                throw new IllegalArgumentException("Cannot write " + layer.name() + " for DL4J: only convolutions, max"
                        + " poolings, dense layers and Flatten are known");
            }
        }
        return list.setInputType(InputType.convolutional(model.edge(), model.edge(), model.channels()))
                .build();
    }

    private static ConvolutionLayer convolution(Conv2D layer) {
        Window window = layer.window();
        return new ConvolutionLayer.Builder(pair(window.size()))
                .stride(pair(window.strides()))
                .nOut(layer.filters())
                .convolutionMode(mode(window))
                .activation(function(layer.activation()))
                .build();
    }

    private static SubsamplingLayer pooling(MaxPooling2D layer) {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(pair(layer.window().size()))
                .stride(pair(layer.window().strides()))
                .convolutionMode(mode(layer.window()))
                .build();
    }

    private static DenseLayer dense(Dense layer) {
        return new DenseLayer.Builder()
                .nOut(layer.units())
                .activation(function(layer.activation()))
                .build();
    }

    private static OutputLayer output(Dense layer) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(layer.units())
                .activation(function(layer.activation()))
                .build();
    }

    private static ConvolutionMode mode(Window window) {
        return window.padding() == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    private static int[] pair(Pair pair) {
        return new int[] {pair.height(), pair.width()};
    }

    private static Activation function(org.lockstep.activations.Activation activation) {
        return activation.equals(org.lockstep.activations.Activation.LINEAR)
                ? Activation.IDENTITY
                : Activation.fromString(activation.name());
    }
}

package org.lockstep.examples.bench.peers.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Workload;
import org.lockstep.layers.Add;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Layer;
import org.lockstep.model.Functional;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;
import org.nd4j.linalg.learning.config.Sgd;

/** A network as DL4J writes it, in DL4J's own layout, channels first. */
final class Dl4jModel {

    private static final String INPUT = "input";

    private Dl4jModel() {}

    private static NeuralNetConfiguration.Builder begin() {
        return new NeuralNetConfiguration.Builder()
                .seed(Workload.SEED)
                .updater(new Sgd(Workload.LEARNING_RATE))
                .weightInit(WeightInit.XAVIER_UNIFORM);
    }

    private static InputType images(BenchModel model) {
        return InputType.convolutional(model.edge(), model.edge(), model.channels());
    }

    /** A stack of layers. */
    static MultiLayerConfiguration stack(BenchModel model) {
        if (!(model.network() instanceof Sequential network)) {
            throw new IllegalArgumentException(
                    "Cannot write %s as DL4J's MultiLayerNetwork: it is a graph".formatted(model.title()));
        }
        NeuralNetConfiguration.ListBuilder list = begin().list();
        List<Layer> layers = network.layers();
        for (Layer layer : layers) {
            // Between images and a dense layer DL4J flattens by itself.
            if (!(layer instanceof Flatten)) {
                list.layer(Dl4jLayers.of(layer, layer == layers.get(layers.size() - 1)));
            }
        }
        return list.setInputType(images(model)).build();
    }

    /** A graph of layers, none called twice. */
    static ComputationGraphConfiguration graph(BenchModel model) {
        if (!(model.network() instanceof Functional network)) {
            throw new IllegalArgumentException(
                    "Cannot write %s as DL4J's ComputationGraph: it is no graph".formatted(model.title()));
        }
        GraphBuilder graph = begin().graphBuilder().addInputs(INPUT).setInputTypes(images(model));
        List<LayerCall> calls = network.calls();
        for (int i = 0; i < calls.size(); i++) {
            LayerCall call = calls.get(i);
            Layer layer = network.layers().get(call.layer());
            String[] inputs =
                    call.inputs().stream().map(tensor -> name(network, tensor)).toArray(String[]::new);
            if (layer instanceof Add) {
                graph.addVertex(layer.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs);
            } else {
                graph.addLayer(layer.name(), Dl4jLayers.of(layer, i == calls.size() - 1), inputs);
            }
        }
        return graph.setOutputs(name(network, calls.size())).build();
    }

    /** Of a tensor by its number. */
    private static String name(Model network, int tensor) {
        return tensor == 0
                ? INPUT
                : network.layers().get(network.calls().get(tensor - 1).layer()).name();
    }
}

package org.lockstep.examples.bench.peers.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lockstep.layers.Shape;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;

/**
 * A network as PyTorch computes it, from images (n, channels, height, width) to logits: the softmax at its end is left to
 * the loss.
 */
final class TorchModel {

    /**
     * One call of a layer.
     *
     * @param inputs the tensors that it reads: 0 is the images, i + 1 what call i yields
     */
    private record Step(TorchLayers.Operation operation, List<Integer> inputs) {}

    private final TorchLayers layers;
    private final List<Step> steps = new ArrayList<>();

    /**
     * The network with fresh weights, drawn as Keras draws them. No layer is called twice.
     *
     * @param format of kernels, which images should have too
     */
    TorchModel(Model network, torch.MemoryFormat format) {
        layers = new TorchLayers(format);
        List<Shape> shapes = network.shapes();
        List<LayerCall> calls = network.calls();
        for (int i = 0; i < calls.size(); i++) {
            List<Integer> inputs = calls.get(i).inputs();
            boolean isLast = i == calls.size() - 1;
            boolean mayOverwrite = inputs.get(0) > 0 && readers(calls, inputs.get(0)) == 1;
            steps.add(new Step(
                    layers.operation(
                            network.layers().get(calls.get(i).layer()),
                            shapes.get(inputs.get(0)),
                            shapes.get(i + 1),
                            mayOverwrite,
                            isLast),
                    inputs));
        }
    }

    private static long readers(List<LayerCall> calls, int tensor) {
        return calls.stream().filter(call -> call.inputs().contains(tensor)).count();
    }

    /** What the loss's softmax takes. */
    Tensor logits(Tensor images) {
        List<Tensor> tensors = new ArrayList<>(List.of(images));
        for (Step step : steps) {
            tensors.add(step.operation()
                    .apply(step.inputs().stream().map(tensors::get).toList()));
        }
        return tensors.get(tensors.size() - 1);
    }

    /** What is trained. */
    TensorVector parameters() {
        return new TensorVector(layers.parameters().toArray(Tensor[]::new));
    }

    /** What PyTorch's SGD takes for the network's L2 penalties, which it adds to the gradients of all parameters; or 0. */
    double weightDecay() {
        return layers.weightDecay();
    }
}

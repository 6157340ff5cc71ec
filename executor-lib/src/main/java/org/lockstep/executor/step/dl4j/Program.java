package org.lockstep.executor.step.dl4j;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.StepKey;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A DL4J network that reads and writes Lockstep's tensors and flat vectors. */
final class Program {

    private final MultiLayerNetwork network;
    private final int[] axes;
    private final List<Transfer> transfers;
    private final List<Dropping> droppings;
    private final List<ActivityPenalty> penalties;

    Program(Stack stack, List<Transfer> transfers, List<Dropping> droppings, List<ActivityPenalty> penalties) {
        this.network = new MultiLayerNetwork(stack.build());
        this.axes = stack.axes();
        this.transfers = List.copyOf(transfers);
        this.droppings = List.copyOf(droppings);
        this.penalties = List.copyOf(penalties);
        network.init();
    }

    /** The output in Keras's order, in inference mode. */
    Tensor infer(Tensor x, FloatBuffer weights) {
        return output(x, weights, false);
    }

    /** The output in Keras's order, in training mode; the way back stays open until the next forward pass. */
    Tensor forward(Tensor x, FloatBuffer weights, StepKey key) {
        droppings.forEach(dropping -> dropping.key(key));
        return output(x, weights, true);
    }

    private Tensor output(Tensor x, FloatBuffer weights, boolean training) {
        for (Transfer transfer : transfers) {
            INDArray parameter = network.getParam(transfer.key());
            if (training && transfer.moves()) {
                // Not read in training, and the gradient is their distance from the batch's statistics.
                parameter.assign(0);
            } else {
                transfer.load(weights, parameter);
            }
        }
        network.setInput(Tensors.array(x));
        List<INDArray> activations = network.feedForward(training, false);
        INDArray last = activations.get(activations.size() - 1);
        return Tensors.tensor(Axes.permute(last, Axes.inverse(axes)));
    }

    /** The activity penalties of the last forward pass. */
    double penalty() {
        return penalties.stream().mapToDouble(ActivityPenalty::noted).sum();
    }

    /**
     * The way back of the last {@link #forward}.
     *
     * @param gradient overwritten with the gradients of the trainable variables and the batch's statistics
     * @return the gradient with respect to x
     */
    Tensor backward(Tensor outputGradient, FloatBuffer gradient) {
        INDArray epsilon = Axes.permute(Tensors.array(outputGradient), axes);
        Pair<Gradient, INDArray> back = network.backpropGradient(epsilon, LayerWorkspaceMgr.noWorkspaces());
        Map<String, INDArray> found = back.getFirst().gradientForVariable();
        for (Transfer transfer : transfers) {
            if (!transfer.isFrozen()) {
                transfer.store(
                        required(found, transfer), transfer.moves() ? -outputGradient.dimension(0) : 1, gradient);
            }
        }
        return Tensors.tensor(back.getSecond());
    }

    private static INDArray required(Map<String, INDArray> gradients, Transfer transfer) {
        return Objects.requireNonNull(gradients.get(transfer.key()), transfer::key);
    }

    /** Lets go of the last batch. */
    void clear() {
        network.clear();
        droppings.forEach(Dropping::clear);
    }
}

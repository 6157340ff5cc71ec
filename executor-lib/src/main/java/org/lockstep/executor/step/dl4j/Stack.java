package org.lockstep.executor.step.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.lockstep.layers.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** DL4J layers in order, each before which the order of axes changes where it must. */
final class Stack {

    private final List<Layer> layers = new ArrayList<>();
    private final Map<Integer, Rearrangement> before = new LinkedHashMap<>();
    private Shape shape;
    private int[] axes;

    /** @param shape of the input in Keras's order, which is that of the arrays too */
    Stack(Shape shape) {
        this.shape = shape;
        this.axes = Axes.identity(shape.rank());
    }

    /** The number of layers so far, which is the index of the next. */
    int size() {
        return layers.size();
    }

    /** Axis i of what comes out is axis axes[i] of Keras's. */
    int[] axes() {
        return axes.clone();
    }

    /** The shape of what comes out in Keras's order. */
    Shape shape() {
        return shape;
    }

    /** Puts axes in this order: axis i becomes axis wanted[i] of Keras's. */
    void arrange(int... wanted) {
        if (!Arrays.equals(wanted, axes)) {
            put(new Rearrangement(Axes.between(axes, wanted), false));
            axes = wanted.clone();
        }
    }

    /** Makes each sample a row, its axes read in this order. */
    void flatten(int... order) {
        long[] sample = IntStream.of(order)
                .skip(1)
                .mapToLong(axis -> shape.dimension(axis))
                .toArray();
        put(new Rearrangement(Axes.between(axes, order), true, sample));
        shape = Shape.batchOf(shape.sampleSize());
        axes = Axes.identity(2);
    }

    private void put(Rearrangement rearrangement) {
        if (before.containsKey(size())) {
            add(Blocks.identity());
        }
        before.put(size(), rearrangement);
    }

    /** A layer that keeps the shape. */
    void add(Layer layer) {
        layers.add(layer);
    }

    /** @param output the shape of what comes out in Keras's order */
    void add(Layer layer, Shape output) {
        layers.add(layer);
        shape = output;
        axes = output.rank() == axes.length ? axes : Axes.identity(output.rank());
    }

    /** The network's configuration: no updater, no workspaces, so that arrays live as long as they are used. */
    MultiLayerConfiguration build() {
        if (layers.isEmpty() || before.containsKey(size())) {
            add(Blocks.identity());
        }
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.ZERO)
                .updater(new NoOp())
                .trainingWorkspaceMode(WorkspaceMode.NONE)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        before.forEach(list::inputPreProcessor);
        return list.validateOutputLayerConfig(false).build();
    }
}

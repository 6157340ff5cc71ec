package org.lockstep.executor.step.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.lockstep.activations.Activation;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Activating;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DTypePolicy;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Window;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.regularizers.Regularizer;
import org.nd4j.linalg.activations.IActivation;

/** Keras's layers into DL4J's, one after the other. */
final class Translation {

    private final WeightLayout layout;
    private final Stack stack;
    private final List<Transfer> transfers = new ArrayList<>();
    private final List<Dropping> droppings = new ArrayList<>();
    private final List<ActivityPenalty> penalties = new ArrayList<>();

    private Translation(Sequential model) {
        this.layout = model.layout();
        this.stack = new Stack(model.inputShape());
    }

    /** @throws org.lockstep.keras.NotSupportedException where DL4J cannot do what Keras does */
    static Program program(Sequential model) {
        Translation translation = new Translation(model);
        for (int index = 0; index < model.layers().size(); index++) {
            translation.add(index, model.layers().get(index));
        }
        return new Program(translation.stack, translation.transfers, translation.droppings, translation.penalties);
    }

    private void add(int index, Layer layer) {
        if (layer.conf().dtype() != DTypePolicy.FLOAT32) {
            throw Refusal.of(
                    layer, "dtype", "must be float32", layer.conf().dtype().kerasName());
        }
        Shape input = stack.shape();
        if (layer instanceof Conv2D conv) {
            convolution(index, conv, input);
        } else if (layer instanceof Dense dense) {
            dense(index, dense, input);
        } else if (layer instanceof MaxPooling2D pooling) {
            pooling(layer, PoolingType.MAX, pooling.window());
        } else if (layer instanceof AveragePooling2D pooling) {
            pooling(layer, PoolingType.AVG, pooling.window());
        } else if (layer instanceof GlobalAveragePooling2D mean) {
            stack.arrange(image(mean.dataFormat()));
            stack.add(Blocks.mean(mean.keepdims()), layer.outputShape(input));
        } else if (layer instanceof Flatten flatten) {
            stack.flatten(channelsLast(flatten.dataFormat(), input.rank()));
        } else if (layer instanceof Dropout dropout) {
            dropout(index, dropout);
        } else if (layer instanceof Activating activation) {
            activation(layer, activation.activation());
        } else if (layer instanceof BatchNormalization normalization) {
            normalization(index, normalization, input);
        } else {
            throw new NotSupportedException("Cannot compute layer \"%s\" with DL4J: class %s is not supported"
                    .formatted(layer.name(), layer.className()));
        }
        Regularizer regularizer = layer.activityRegularizer();
        if (regularizer != null) {
            ActivityPenalty penalty = ActivityPenalty.of(layer, regularizer);
            penalties.add(penalty);
            stack.add(Blocks.activation(penalty));
        }
    }

    private void convolution(int index, Conv2D layer, Shape input) {
        if (layer.groups() != 1) {
            throw Refusal.of(layer, "groups", "must be 1", layer.groups());
        }
        Window window = layer.window();
        Places places = Places.of(layer, window, input);
        int channels = input.dimension(window.dataFormat().channelAxis());
        stack.arrange(image(window.dataFormat()));
        transfers(index);
        IActivation fused = fused(layer, layer.activation());
        stack.add(
                Blocks.convolution(window, places, channels, layer.filters(), layer.useBias(), fused),
                layer.outputShape(input));
        unfused(layer, layer.activation());
    }

    private void dense(int index, Dense layer, Shape input) {
        if (input.rank() != 2) {
            throw Refusal.of(layer, "input", "must have rank 2", input);
        }
        transfers(index);
        IActivation fused = fused(layer, layer.activation());
        stack.add(Blocks.dense(input.dimension(1), layer.units(), layer.useBias(), fused), layer.outputShape(input));
        unfused(layer, layer.activation());
    }

    /** The activation as a part of its layer; one that reads the last axis follows in a layer of its own. */
    private static IActivation fused(Layer layer, Activation activation) {
        return Activations.of(layer, Activations.readsLastAxis(activation) ? Activation.LINEAR : activation);
    }

    private void unfused(Layer layer, Activation activation) {
        if (Activations.readsLastAxis(activation)) {
            activation(layer, activation);
        }
    }

    private void activation(Layer layer, Activation activation) {
        IActivation function = Activations.of(layer, activation);
        if (Activations.readsLastAxis(activation)) {
            stack.arrange(Axes.identity(stack.shape().rank()));
        }
        stack.add(Blocks.activation(function));
    }

    private void pooling(Layer layer, PoolingType type, Window window) {
        Shape input = stack.shape();
        Places places = Places.of(layer, window, input);
        stack.arrange(image(window.dataFormat()));
        stack.add(Blocks.pooling(type, window, places), layer.outputShape(input));
    }

    private void dropout(int index, Dropout layer) {
        if (layer.rate() > 0) {
            Dropping dropping = new Dropping(layer, index, stack.axes());
            droppings.add(dropping);
            stack.add(Blocks.dropout(dropping));
        }
    }

    private void normalization(int index, BatchNormalization layer, Shape input) {
        if (!layer.trainable()) {
            throw Refusal.of(layer, "trainable", "must be True", "False");
        }
        if (layer.isSynchronized()) {
            throw Refusal.of(layer, "synchronized", "must be False", "True");
        }
        int rank = input.rank();
        if (rank != 2 && rank != 4) {
            throw Refusal.of(layer, "input", "must have rank 2 or 4", input);
        }
        int axis = layer.axis() < 0 ? layer.axis() + rank : layer.axis();
        stack.arrange(normalized(axis, rank));
        transfers(index);
        stack.add(Blocks.normalization(input.dimension(axis), layer.epsilon()));
    }

    private void transfers(int index) {
        for (WeightLayout.Slot slot : layout.ofLayer(index)) {
            transfers.add(Transfer.of(slot, stack.size()));
        }
    }

    /** Axes of an image batch as DL4J wants them: batch, channels, height, width. */
    private static int[] image(DataFormat format) {
        return new int[] {0, format.channelAxis(), format.heightAxis(), format.widthAxis()};
    }

    /** The axis to normalise as the second, the others in their order. */
    private static int[] normalized(int axis, int rank) {
        int[] order = new int[rank];
        order[1] = axis;
        for (int place = 2, next = 1; place < rank; place++, next++) {
            next += next == axis ? 1 : 0;
            order[place] = next;
        }
        return order;
    }

    private static int[] channelsLast(DataFormat format, int rank) {
        int[] order = Axes.identity(rank);
        if (format == DataFormat.CHANNELS_FIRST && rank > 1) {
            System.arraycopy(order, 2, order, 1, rank - 2);
            order[rank - 1] = 1;
        }
        return order;
    }
}

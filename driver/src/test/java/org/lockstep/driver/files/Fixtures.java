package org.lockstep.driver.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.conf.CompileConf;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Variable;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Optimizer;

/** The files that {@code keras_fixtures.py} made with Keras, and the numbers in them by that script's rule. */
final class Fixtures {

    static final long ITERATIONS = 7;
    static final double LEARNING_RATE = 0.125;

    private Fixtures() {}

    static String path(String name) {
        URL url = Fixtures.class.getResource(name);
        assertThat(url).as(name).isNotNull();
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The model of the fixtures. */
    static Sequential model(String name) {
        List<Layer> layers = List.of(
                Conv2D.of(3, 3).padding("same").activation("relu"),
                BatchNormalization.of(),
                MaxPooling2D.of(),
                Conv2D.of(4, 2).name("odd"),
                ActivationLayer.of("relu"),
                Dropout.of(0.25),
                Flatten.of(),
                Dense.of(5).trainable(false),
                Dense.of(3).activation("softmax"));
        return new Sequential(name, Input.of(6, 6, 2), layers);
    }

    static SavedModel saved(String name, Optimizer optimizer) {
        CompileConf compile = CompileConf.of(optimizer, Loss.of("sparse_categorical_crossentropy"), "accuracy");
        return new SavedModel(model(name), compile, state(model(name).layout(), optimizer));
    }

    /** The numbers of variable v. */
    static float[] values(int v, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = ((31 * v + i) % 97 - 48) / 64f;
        }
        return values;
    }

    /** A state of the rule's numbers. */
    static TrainState state(WeightLayout layout, Optimizer optimizer) {
        TrainState state = weights(layout, optimizer);
        slots(layout, optimizer, state);
        state.iterations(ITERATIONS);
        state.learningRate(LEARNING_RATE);
        return state;
    }

    /** A state of the rule's weights before the first update. */
    static TrainState weights(WeightLayout layout, Optimizer optimizer) {
        TrainState state = TrainState.create(layout, optimizer);
        for (int v = 0; v < layout.slots().size(); v++) {
            WeightLayout.Slot slot = layout.slots().get(v);
            state.weights().put(slot.offset(), values(v, slot.size()));
        }
        return state;
    }

    private static void slots(WeightLayout layout, Optimizer optimizer, TrainState state) {
        List<WeightLayout.Slot> trainable = layout.slots(Variable.Role.TRAINABLE);
        List<String> order = order(optimizer, trainable.size());
        for (int k = 0; k < order.size(); k++) {
            int split = order.get(k).indexOf(' ');
            WeightLayout.Slot slot = trainable.get(Integer.parseInt(order.get(k).substring(0, split)));
            float[] values = values(layout.slots().size() + k, slot.size());
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.abs(values[i]);
            }
            state.slot(order.get(k).substring(split + 1)).put(slot.offset(), values);
        }
    }

    /** Keras's order, as seen in {@code optimizer.variables}: "3 velocity" is the velocity of trainable variable 3. */
    private static List<String> order(Optimizer optimizer, int trainable) {
        List<String> order = new ArrayList<>();
        List<List<String>> passes = switch (optimizer.slots().toString()) {
            case "[momentum, velocity]" -> List.of(List.of("momentum", "velocity"));
            case "[momentum, velocity, velocity_hat]" ->
                List.of(List.of("momentum", "velocity"), List.of("velocity_hat"));
            case "[velocity, momentum, average_gradient]" ->
                List.of(List.of("velocity"), List.of("momentum"), List.of("average_gradient"));
            case "[momentum]" -> List.of(List.of("momentum"));
            default -> List.of();
        };
        for (List<String> pass : passes) {
            for (int i = 0; i < trainable; i++) {
                for (String slot : pass) {
                    order.add(i + " " + slot);
                }
            }
        }
        return order;
    }
}

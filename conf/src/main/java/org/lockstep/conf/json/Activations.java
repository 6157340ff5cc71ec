package org.lockstep.conf.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.activations.Function;
import org.lockstep.keras.Names;
import org.lockstep.keras.NotSupportedException;

/**
 * Activations in plain form: a name where the arguments are Keras's defaults, else one of Keras's activation layers.
 *
 * <p>Keras can write other arguments only of relu, leaky_relu, elu and softmax, as the layers ReLU, LeakyReLU, ELU and
 * Softmax; of the rest it keeps the name alone.
 */
final class Activations {

    private static final Map<Function, String> LAYERS = Map.of(
            Function.RELU, "ReLU",
            Function.LEAKY_RELU, "LeakyReLU",
            Function.ELU, "ELU",
            Function.SOFTMAX, "Softmax");

    private Activations() {}

    static Activation read(String argument, @Nullable Object value) {
        if (value == null || value instanceof String) {
            return Activation.of((String) value);
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "Could not interpret activation function identifier: " + Plain.repr(value));
        }
        return map.containsKey("class_name") ? layer(argument, map) : brief(argument, map);
    }

    private static Activation brief(String argument, Map<?, ?> map) {
        Map<String, @Nullable Object> all = Plain.object(argument, map);
        if (all.size() != 1) {
            throw new IllegalArgumentException(
                    "Could not interpret activation function identifier: " + Plain.repr(map));
        }
        String name = all.keySet().iterator().next();
        Activation activation = Activation.of(name);
        Arguments arguments = new Arguments(name, Plain.object(argument, all.get(name)));
        activation = with(activation, arguments);
        arguments.end();
        return activation;
    }

    private static Activation layer(String argument, Map<?, ?> map) {
        Serialized object = Serialized.of(argument, map);
        Arguments arguments = new Arguments(object.className(), object.config());
        arguments.has("name");
        arguments.has("trainable");
        Dtype.check(arguments);
        for (Map.Entry<Function, String> entry : LAYERS.entrySet()) {
            if (entry.getValue().equals(object.className())) {
                Activation base = Activation.of(entry.getKey().kerasName());
                // The layer's default slope is the function's, but for LeakyReLU, which has 0.3.
                Activation start = entry.getKey() == Function.LEAKY_RELU ? base.with("negative_slope", 0.3) : base;
                Activation activation = with(start, arguments);
                arguments.end();
                return activation;
            }
        }
        throw new NotSupportedException("Could not interpret activation function identifier: class '"
                + object.className() + "' is not supported");
    }

    private static Activation with(Activation start, Arguments arguments) {
        Activation activation = start;
        for (String parameter : start.function().parameters()) {
            activation = arguments.setUnlessNull(
                    activation, parameter, Activations::number, (a, number) -> a.with(parameter, number));
        }
        return activation;
    }

    private static double number(String name, @Nullable Object value) {
        return value instanceof Boolean flag ? (flag ? 1 : 0) : Value.number(name, value);
    }

    /** The plain form; refused where Keras could not read it back. */
    static Object write(Activation activation) {
        if (activation.function() == Function.HARD_SIGMOID_KERAS2) {
            throw new NotSupportedException("Cannot write activation `hard_sigmoid_keras2`: Keras 3 does not have it");
        }
        if (activation.isPlain()) {
            return activation.name();
        }
        String className = LAYERS.get(activation.function());
        if (className == null) {
            throw new NotSupportedException(
                    "Cannot write activation `%s` with arguments %s: Keras 3 keeps only its name"
                            .formatted(activation.name(), activation.arguments()));
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("name", Names.snakeCase(className));
        config.put("trainable", true);
        config.put("dtype", Dtype.POLICY);
        for (String parameter : activation.function().parameters()) {
            config.put(parameter, argument(activation, parameter));
        }
        return KerasWriter.object("keras.layers", className, config);
    }

    private static @Nullable Object argument(Activation activation, String parameter) {
        double value = activation.argument(parameter);
        if (parameter.equals("axis")) {
            return (int) value;
        }
        return Double.isInfinite(value) ? null : (Double) value;
    }
}

package org.lockstep.activations;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An activation function with its arguments, as Keras takes it by name: {@code Activation.of("relu")}; or with other
 * arguments: {@code Activation.of("relu").with("max_value", 6)}.
 *
 * @param arguments values in the order of {@link Function#parameters()}
 */
public record Activation(Function function, List<Double> arguments) implements Serializable {

    /** The identity, which Keras uses where no activation is given. */
    public static final Activation LINEAR = new Activation(Function.LINEAR, List.of());

    private static final Map<String, Function> OTHER_NAMES =
            Map.of("swish", Function.SILU, "hard_swish", Function.HARD_SILU);

    public Activation {
        arguments = List.copyOf(arguments);
    }

    /** The function of that name with Keras's default arguments; null is linear. */
    public static Activation of(@Nullable String name) {
        if (name == null) {
            return LINEAR;
        }
        Function function = OTHER_NAMES.get(name);
        for (Function candidate : Function.values()) {
            if (candidate.kerasName().equals(name)) {
                function = candidate;
            }
        }
        if (function == null) {
            throw new IllegalArgumentException("Could not interpret activation function identifier: " + name);
        }
        return new Activation(function, function.defaults());
    }

    /** The same function with another value of one argument. */
    public Activation with(String parameter, double value) {
        int index = function.parameters().indexOf(parameter);
        if (index < 0) {
            throw new IllegalArgumentException("Invalid argument of `%s`: must be one of %s. Received: %s"
                    .formatted(function.kerasName(), function.parameters(), parameter));
        }
        List<Double> changed = new ArrayList<>(arguments);
        changed.set(index, value);
        return new Activation(function, changed);
    }

    /** The value of an argument; refused where Keras has no default for it and none was given. */
    public double argument(String parameter) {
        double value = arguments.get(function.parameters().indexOf(parameter));
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("Cannot use activation `%s`: argument `%s` must be given"
                    .formatted(function.kerasName(), parameter));
        }
        return value;
    }

    /** Keras's name of the function. */
    public String name() {
        return function.kerasName();
    }

    /** Whether the arguments are Keras's defaults, so that the name alone says it all. */
    public boolean isPlain() {
        return arguments.equals(function.defaults());
    }

    @Override
    public String toString() {
        return isPlain() ? name() : name().toLowerCase(Locale.ROOT) + arguments;
    }
}

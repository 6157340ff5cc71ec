package org.lockstep.conf.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.constraints.Constraint;
import org.lockstep.initializers.Initializer;
import org.lockstep.layers.Layer;
import org.lockstep.losses.Loss;
import org.lockstep.metrics.Metric;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.schedules.LearningRateSchedule;
import org.lockstep.regularizers.Regularizer;

/**
 * Keras's objects from Keras's arguments in plain form, as {@link Json} yields them: numbers, strings, lists, maps, null.
 *
 * <p>A member of a family (an initializer, a loss, …) is a name, {@code {class_name, config}} as Keras writes it, or
 * brief: {@code {constant: 0.1}}, {@code {max_norm: 2, axis: [0, 1, 2]}}, {@code {l1: 0.1, l2: 0.2}}. What does not fit an
 * argument is refused in Keras's words with {@link IllegalArgumentException}; what Keras has and Lockstep does not, with
 * {@link org.lockstep.keras.NotSupportedException}.
 */
public final class KerasArguments {

    private KerasArguments() {}

    /**
     * A layer from its constructor's arguments.
     *
     * @param className {@code "Conv2D"}, also {@code "Input"} or {@code "InputLayer"}
     * @param arguments Keras's snake_case argument names
     */
    public static Layer layer(String className, Map<String, @Nullable Object> arguments) {
        return Layers.layer(className, arguments);
    }

    public static Activation activation(@Nullable Object value) {
        return Activations.read("activation", value);
    }

    /** An initializer; null is what Keras takes for it. */
    public static Initializer initializer(@Nullable Object value) {
        return Families.initializer("initializer", value);
    }

    public static @Nullable Regularizer regularizer(@Nullable Object value) {
        return value == null ? null : Families.regularizer("regularizer", value);
    }

    public static @Nullable Constraint constraint(@Nullable Object value) {
        return value == null ? null : Families.constraint("constraint", value);
    }

    /** An optimizer; also {@code {name: sgd, learning_rate: 0.1}}. */
    public static Optimizer optimizer(@Nullable Object value) {
        return Optimizers.optimizer("optimizer", value);
    }

    /** A learning-rate schedule. */
    public static LearningRateSchedule schedule(@Nullable Object value) {
        return Schedules.read("learning_rate", value);
    }

    public static Loss loss(@Nullable Object value) {
        return Losses.read("loss", value);
    }

    public static Metric metric(@Nullable Object value) {
        return Metrics.read("metric", value);
    }
}

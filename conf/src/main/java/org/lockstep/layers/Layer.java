package org.lockstep.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.keras.KerasObject;
import org.lockstep.keras.Names;
import org.lockstep.regularizers.Regularizer;

/** A layer as a value: what Keras's {@code get_config} says of it, its shape rule and its variables. */
public sealed interface Layer extends KerasObject
        permits Input,
                Conv2D,
                Dense,
                MaxPooling2D,
                AveragePooling2D,
                GlobalAveragePooling2D,
                Flatten,
                Dropout,
                ActivationLayer,
                BatchNormalization {

    /** Name, trainability and input shape. */
    LayerConf conf();

    /** The same layer with other common settings. */
    Layer conf(LayerConf conf);

    /**
     * The shape of the layer's output, batch first.
     *
     * @throws IllegalArgumentException where Keras's {@code build} refuses the input
     */
    Shape outputShape(Shape input);

    /** The layer's variables in the order of Keras's {@code get_weights}. */
    default List<Variable> variables(Shape input) {
        return List.of();
    }

    /** The penalty on the layer's output, if any. */
    default @Nullable Regularizer activityRegularizer() {
        return null;
    }

    /** The layer's name, or the one that Keras would derive from its class. */
    default String name() {
        String name = conf().name();
        return name == null ? Names.snakeCase(className()) : name;
    }

    default boolean trainable() {
        return conf().trainable();
    }

    @Override
    default String module() {
        return "keras.layers";
    }

    @Override
    default String className() {
        return getClass().getSimpleName();
    }

    /** The arguments that all layers share, as Keras writes them: the activity regularizer where there is one. */
    static Dict common(Layer layer) {
        Dict dict = Dict.of("name", layer.name()).with("trainable", layer.trainable());
        Regularizer activity = layer.activityRegularizer();
        return activity == null ? dict : dict.with("activity_regularizer", activity);
    }
}

package org.lockstep.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.keras.Dict;
import org.lockstep.keras.KerasObject;
import org.lockstep.keras.Names;
import org.lockstep.regularizers.Regularizer;

/** A layer as a value: what Keras's {@code get_config} says of it, its shape rule and its variables. */
public sealed interface Layer extends KerasObject
        permits Activating,
                AveragePooling2D,
                BatchNormalization,
                Convolving,
                Cropping2D,
                Dense,
                Dropout,
                Flatten,
                GlobalAveragePooling2D,
                GlobalMaxPooling2D,
                Input,
                MaxPooling2D,
                Merge,
                PReLU,
                Rescaling,
                Reshape,
                SpatialDropout2D,
                UpSampling2D,
                ZeroPadding2D {

    /** Name, trainability, dtype policy and input shape. */
    LayerConf conf();

    /** The same layer with other common settings. */
    Layer conf(LayerConf conf);

    /**
     * The shape of the layer's output, batch first.
     *
     * @throws IllegalArgumentException where Keras's {@code build} refuses the input
     */
    Shape outputShape(Shape input);

    /** The shape of the layer's output for inputs of these shapes; only a {@link Merge} takes several. */
    default Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("Layer \"%s\" expects 1 input(s), but it received %d input tensors."
                    .formatted(name(), inputs.size()));
        }
        return outputShape(inputs.get(0));
    }

    /**
     * The tensor that this layer makes of another. The same layer object called again is the same layer: both calls share
     * its weights. Equal layers that are different objects do not.
     */
    default KerasTensor on(KerasTensor input) {
        return Node.of(this, List.of(input));
    }

    /** The layer's variables in the order of Keras's {@code get_weights}. */
    default List<Variable> variables(Shape input) {
        return List.of();
    }

    /** The function at the end of the layer; linear where it has none. */
    default Activation activation() {
        return Activation.LINEAR;
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

    /** The same layer with the dtype policy of that name: {@code float32} or {@code mixed_bfloat16}. */
    default Layer dtype(String policy) {
        return conf(conf().dtype(policy));
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

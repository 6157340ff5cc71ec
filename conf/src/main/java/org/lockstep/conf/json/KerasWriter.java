package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.initializers.Values;
import org.lockstep.keras.KerasObject;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Convolving;
import org.lockstep.layers.Cropping2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Merge;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.Rescaling;
import org.lockstep.layers.Shape;
import org.lockstep.layers.UpSampling2D;
import org.lockstep.layers.ZeroPadding2D;

/** Keras's objects as the plain values that {@code keras.saving.serialize_keras_object} returns. */
final class KerasWriter {

    private KerasWriter() {}

    static Map<String, @Nullable Object> object(String module, String className, Map<String, @Nullable Object> config) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("module", module);
        object.put("class_name", className);
        object.put("config", config);
        object.put("registered_name", null);
        return Collections.unmodifiableMap(object);
    }

    static Map<String, @Nullable Object> object(KerasObject value) {
        if (value instanceof Values) {
            throw new NotSupportedException("Cannot write an initializer of given values: Keras 3 cannot read it back");
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        value.config().forEach((name, entry) -> {
            config.put(name, plain(entry));
            if (name.equals("trainable")) {
                config.put(
                        "dtype",
                        value instanceof Layer layer ? Dtype.plain(layer.conf().dtype()) : Dtype.POLICY);
            }
        });
        return object(value.module(), value.className(), config);
    }

    /** A layer with the shapes of the inputs for which Keras noted that it was built. */
    static Map<String, @Nullable Object> builtLayer(Layer layer, List<Shape> inputs) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>(object(layer));
        if (layer instanceof Merge) {
            object.put(
                    "build_config",
                    buildConfig(inputs.stream().map(KerasWriter::shape).toList()));
        } else if (isNoted(layer)) {
            object.put("build_config", buildConfig(inputs.get(0)));
        }
        return object;
    }

    private static boolean isNoted(Layer layer) {
        return layer instanceof BatchNormalization
                || layer instanceof Convolving<?>
                || layer instanceof Cropping2D
                || layer instanceof Dense
                || layer instanceof Flatten
                || layer instanceof PReLU
                || layer instanceof Rescaling
                || layer instanceof UpSampling2D
                || layer instanceof ZeroPadding2D;
    }

    static Map<String, @Nullable Object> buildConfig(Shape input) {
        return buildConfig(shape(input));
    }

    private static Map<String, @Nullable Object> buildConfig(Object shapes) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("input_shape", shapes);
        return config;
    }

    static List<@Nullable Integer> shape(Shape shape) {
        List<@Nullable Integer> dimensions = new ArrayList<>();
        for (int dimension : shape.dimensions()) {
            dimensions.add(dimension == Shape.UNKNOWN ? null : (Integer) dimension);
        }
        return dimensions;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof KerasObject object) {
            return object(object);
        }
        if (value instanceof Activation activation) {
            return Activations.write(activation);
        }
        return value instanceof Shape shape ? shape(shape) : value;
    }
}

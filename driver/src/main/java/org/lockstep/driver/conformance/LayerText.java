package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.model.Sequential;

/** Layers as Python calls their constructors: {@code Conv2D(4,3,name=conv2d) on (8,8,3)}, the input's shape at the first. */
final class LayerText {

    private static final String ON = " on ";

    private static final List<String> POOLING = List.of("pool_size", "strides", "padding", "data_format");

    /** The first arguments of Keras's constructors, in their order. */
    private static final Map<String, List<String>> PLACES = Map.ofEntries(
            Map.entry("Input", List.of("shape")),
            Map.entry("InputLayer", List.of("shape")),
            Map.entry(
                    "Conv2D",
                    List.of("filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "groups")),
            Map.entry("Conv2DTranspose", List.of("filters", "kernel_size", "strides", "padding")),
            Map.entry("SeparableConv2D", List.of("filters", "kernel_size", "strides", "padding")),
            Map.entry("DepthwiseConv2D", List.of("kernel_size", "strides", "padding", "depth_multiplier")),
            Map.entry("Dense", List.of("units", "activation", "use_bias")),
            Map.entry("BatchNormalization", List.of("axis", "momentum", "epsilon", "center", "scale")),
            Map.entry("MaxPooling2D", POOLING),
            Map.entry("AveragePooling2D", POOLING),
            Map.entry("GlobalMaxPooling2D", List.of("data_format", "keepdims")),
            Map.entry("GlobalAveragePooling2D", List.of("data_format", "keepdims")),
            Map.entry("Dropout", List.of("rate")),
            Map.entry("SpatialDropout2D", List.of("rate")),
            Map.entry("Activation", List.of("activation")),
            Map.entry("ReLU", List.of("max_value", "negative_slope", "threshold")),
            Map.entry("LeakyReLU", List.of("negative_slope")),
            Map.entry("PReLU", List.of("alpha_initializer")),
            Map.entry("ELU", List.of("alpha")),
            Map.entry("Softmax", List.of("axis")),
            Map.entry("Flatten", List.of("data_format")),
            Map.entry("Reshape", List.of("target_shape")),
            Map.entry("ZeroPadding2D", List.of("padding", "data_format")),
            Map.entry("Cropping2D", List.of("cropping", "data_format")),
            Map.entry("UpSampling2D", List.of("size", "data_format", "interpolation")),
            Map.entry("Rescaling", List.of("scale", "offset")));

    private LayerText() {}

    /** The stack of some layers. */
    static Sequential model(List<?> texts) {
        List<Layer> layers = new ArrayList<>();
        for (Object each : texts) {
            String text = String.valueOf(each);
            int on = text.lastIndexOf(ON);
            if (on >= 0) {
                Object shape = PythonText.value(text.substring(on + ON.length()));
                layers.add(Input.of(sample(shape)));
            }
            layers.add(layer(on < 0 ? text : text.substring(0, on)));
        }
        return Sequential.of(layers.toArray(new Layer[0]));
    }

    private static Layer layer(String text) {
        PythonText.Call call = PythonText.call(text);
        List<String> places = PLACES.getOrDefault(call.name(), List.of());
        if (call.byPlace().size() > places.size()) {
            throw new NotSupportedException("so many arguments by their places: " + text);
        }
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < call.byPlace().size(); i++) {
            arguments.put(places.get(i), call.byPlace().get(i));
        }
        arguments.putAll(call.byName());
        return KerasArguments.layer(call.name(), arguments);
    }

    /** A shape with or without the batch's axis, which is None. */
    private static int[] sample(@Nullable Object shape) {
        if (!(shape instanceof List<?> dimensions)) {
            throw new IllegalArgumentException("Invalid shape: must be a tuple. Received: " + shape);
        }
        boolean hasBatch = !dimensions.isEmpty() && dimensions.get(0) == null;
        return dimensions.stream()
                .skip(hasBatch ? 1 : 0)
                .mapToInt(d -> (int) Plain.number("shape", d))
                .toArray();
    }
}

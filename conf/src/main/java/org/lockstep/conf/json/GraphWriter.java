package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.DTypePolicy;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Merge;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Softmax;
import org.lockstep.layers.SpatialDropout2D;
import org.lockstep.model.Functional;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Origin;

/** Functional models as the plain values that Keras 3 writes. */
final class GraphWriter {

    private final Functional model;
    private final List<Shape> shapes;

    private GraphWriter(Functional model) {
        this.model = model;
        this.shapes = model.shapes();
    }

    /** The serialized model without its {@code compile_config}. */
    static Map<String, @Nullable Object> write(Functional model) {
        return new GraphWriter(model).object();
    }

    private Map<String, @Nullable Object> object() {
        List<Object> layers = new ArrayList<>();
        for (int layer = 0; layer < model.layers().size(); layer++) {
            layers.add(layer(layer));
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("name", model.name());
        config.put("trainable", true);
        config.put("layers", layers);
        config.put("input_layers", history(0));
        config.put("output_layers", history(model.calls().size()));
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("module", "keras.src.models.functional");
        object.put("class_name", "Functional");
        object.put("config", config);
        object.put("registered_name", "Functional");
        Map<String, @Nullable Object> build = new LinkedHashMap<>();
        build.put("input_shape", null);
        object.put("build_config", build);
        return object;
    }

    private Map<String, @Nullable Object> layer(int index) {
        Layer layer = model.layers().get(index);
        List<LayerCall> calls =
                model.calls().stream().filter(call -> call.layer() == index).toList();
        Map<String, @Nullable Object> object = new LinkedHashMap<>(
                calls.isEmpty() ? KerasWriter.object(layer) : KerasWriter.builtLayer(layer, read(calls.get(0))));
        object.put("name", layer.name());
        object.put(
                "inbound_nodes", calls.stream().map(call -> node(layer, call)).toList());
        return object;
    }

    private List<Shape> read(LayerCall call) {
        return call.inputs().stream().map(shapes::get).toList();
    }

    private Map<String, @Nullable Object> node(Layer layer, LayerCall call) {
        List<Object> tensors =
                call.inputs().stream().map(input -> (Object) tensor(input)).toList();
        Map<String, @Nullable Object> node = new LinkedHashMap<>();
        node.put("args", layer instanceof Merge ? List.of(tensors) : tensors);
        node.put("kwargs", keywords(layer));
        return node;
    }

    /** The arguments of a call that Keras notes although nobody gave them. */
    private static Map<String, @Nullable Object> keywords(Layer layer) {
        Map<String, @Nullable Object> keywords = new LinkedHashMap<>();
        if (layer instanceof BatchNormalization || layer instanceof Softmax) {
            keywords.put("mask", null);
        } else if (layer instanceof Dropout || layer instanceof SpatialDropout2D) {
            keywords.put("training", false);
        }
        return keywords;
    }

    private Map<String, @Nullable Object> tensor(int number) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("shape", KerasWriter.shape(shapes.get(number)));
        DTypePolicy policy =
                model.layers().get(Origin.of(model, number).layer()).conf().dtype();
        config.put("dtype", policy == DTypePolicy.MIXED_BFLOAT16 ? "bfloat16" : "float32");
        config.put("keras_history", history(number));
        Map<String, @Nullable Object> tensor = new LinkedHashMap<>();
        tensor.put("class_name", "__keras_tensor__");
        tensor.put("config", config);
        return tensor;
    }

    /** Layer, call of that layer, output of that call. */
    private List<Object> history(int tensor) {
        Origin origin = Origin.of(model, tensor);
        return List.of(model.layers().get(origin.layer()).name(), origin.call(), 0);
    }
}

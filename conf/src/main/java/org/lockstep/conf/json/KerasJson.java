package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.keras.KerasObject;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;
import org.lockstep.model.Functional;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/**
 * Models in Keras 3's own JSON: what {@code model.to_json()} writes and the {@code config.json} of a {@code .keras} file
 * holds.
 *
 * <p>Only names and numbers are read, never code: a class outside Keras, a custom class, an option that is not supported
 * here and a document that is too deep are refused with a message that names them.
 */
public final class KerasJson {

    /** Layers that a document may have. */
    private static final int MAX_LAYERS = 10_000;

    /** A model and, where the document has it, how it was compiled. */
    public record Document(Model model, @Nullable CompileConf compile) {}

    private KerasJson() {}

    /** The model, not compiled, as Keras's {@code to_json} writes it. */
    public static String toJson(Model model) {
        Map<String, @Nullable Object> object = plain(model);
        object.put("compile_config", Map.of());
        return Json.write(object);
    }

    /** The model with its {@code compile_config}. */
    public static String toJson(Model model, CompileConf compile) {
        Map<String, @Nullable Object> object = plain(model);
        object.put("compile_config", Compiled.write(compile));
        return Json.write(object);
    }

    /** A layer, an initializer or another of Keras's objects as {@code serialize_keras_object} writes it. */
    public static Map<String, @Nullable Object> toPlain(KerasObject value) {
        return KerasWriter.object(value);
    }

    /** The model of a document, whatever it says of how the model was compiled. */
    public static Model fromJson(String text) {
        Map<String, @Nullable Object> value = Json.parseObject(text);
        return Place.in("Cannot load model", () -> model(value));
    }

    /** The model of a document and how it was compiled. */
    public static Document parse(String text) {
        Map<String, @Nullable Object> value = Json.parseObject(text);
        return Place.in("Cannot load model", () -> {
            Model model = model(value);
            Object compiled = value.get("compile_config");
            // Keras writes an empty one for a model that was not compiled.
            return new Document(model, compiled == null || compiled.equals(Map.of()) ? null : compile(compiled));
        });
    }

    /** A model as {@code to_json} writes it. */
    static Model model(Map<String, @Nullable Object> value) {
        Serialized object = Serialized.of("model", value);
        return switch (object.className()) {
            case "Sequential" -> sequential(object.config());
            case "Functional", "Model" -> GraphReader.read(object.config());
            default ->
                throw new NotSupportedException(
                        "only classes 'Sequential' and 'Functional' are supported. Received: class_name="
                                + Plain.repr(object.className()));
        };
    }

    /** The model as {@code to_json} writes it, without its {@code compile_config}. */
    static Map<String, @Nullable Object> plain(Model model) {
        return model instanceof Functional functional ? GraphWriter.write(functional) : plain((Sequential) model);
    }

    private static Map<String, @Nullable Object> plain(Sequential model) {
        List<Object> layers = new ArrayList<>();
        Input input = model.input();
        if (input == null) {
            model.layers().forEach(layer -> layers.add(KerasWriter.object(layer)));
        } else {
            layers.add(KerasWriter.object(input));
            Shape shape = input.shape();
            for (Layer layer : model.layers()) {
                layers.add(KerasWriter.builtLayer(layer, List.of(shape)));
                shape = layer.outputShape(shape);
            }
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("name", model.name());
        config.put("trainable", true);
        config.put("dtype", Dtype.plain(Dtype.common(model.layers())));
        config.put("layers", layers);
        if (input != null) {
            config.put("build_input_shape", KerasWriter.shape(input.shape()));
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>(KerasWriter.object("keras", "Sequential", config));
        if (input != null) {
            object.put("build_config", KerasWriter.buildConfig(input.shape()));
        }
        return object;
    }

    private static Sequential sequential(Map<String, @Nullable Object> config) {
        Arguments arguments = new Arguments("Sequential", config);
        // Every layer has its own; that of the model says nothing of them.
        Dtype.take(arguments);
        arguments.only("trainable", true);
        List<@Nullable Object> objects = arguments.required("layers", (name, value) -> Plain.list("`layers`", value));
        int[] built = arguments.nullable("build_input_shape", Value::dimensions, null);
        String name = arguments.nullable("name", Value::text, null);
        arguments.end();
        checkCount(objects.size());
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            Object value = objects.get(i);
            layers.add(Place.in("layers[" + i + "]", () -> layer(value)));
        }
        Sequential model = Sequential.of(layers.toArray(new Layer[0]));
        model = name == null ? model : model.name(name);
        if (built != null) {
            model = model.build(Shape.of(built).sample());
        }
        if (model.isBuilt()) {
            // Counts the weights, so that a size that cannot be is refused here.
            model.layout();
        }
        return model;
    }

    /** Refuses a document with so many layers that it must be wrong. */
    static void checkCount(int layers) {
        if (layers < 1 || layers > MAX_LAYERS) {
            throw new IllegalArgumentException(
                    "Invalid `layers`: there must be 1 to %d layers. Received: %d".formatted(MAX_LAYERS, layers));
        }
    }

    static Layer layer(@Nullable Object value) {
        Serialized object = Serialized.of("layer", value);
        for (String key : object.extras().keySet()) {
            if (!key.equals("build_config") && !key.equals("name")) {
                throw new NotSupportedException("%s: key `%s` is not supported".formatted(object.className(), key));
            }
        }
        String name = object.config().get("name") instanceof String text ? " \"" + text + "\"" : "";
        return Place.in(object.className() + name, () -> Layers.layer(object.className(), object.config()));
    }

    private static CompileConf compile(Object value) {
        return Place.in(
                "compile_config", () -> Compiled.read(new Arguments("compile", Plain.object("compile_config", value))));
    }
}

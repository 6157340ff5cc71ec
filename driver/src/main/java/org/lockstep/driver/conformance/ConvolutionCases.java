package org.lockstep.driver.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.keras.Names;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Variable;
import org.lockstep.model.Sequential;

/** What a convolution makes of its arguments: shapes, attributes and refusals. */
final class ConvolutionCases {

    private ConvolutionCases() {}

    private static Layer layer(Case given) {
        return KerasArguments.layer("Conv2D", given.config().without());
    }

    static void outputShape(Case given, Check check) {
        Layer layer = layer(given);
        Shape input = Shape.of(given.inputs().dimensions("input_shape"));
        check.value("output_shape", dimensions(layer.outputShape(input)));
        List<Variable> variables = layer.variables(input);
        check.value("kernel_shape", dimensions(variables.get(0).shape()));
        check.value(
                "bias_shape", variables.size() > 1 ? dimensions(variables.get(1).shape()) : null);
    }

    private static List<@Nullable Integer> dimensions(Shape shape) {
        return Arrays.stream(shape.dimensions())
                .mapToObj(d -> d == Shape.UNKNOWN ? null : (Integer) d)
                .toList();
    }

    static void error(Case given, Check check) {
        given.expected().pass("error", "reason");
        check.value("stage", stageOfRefusal(given));
    }

    private static String stageOfRefusal(Case given) {
        Layer layer;
        try {
            layer = layer(given);
        } catch (IllegalArgumentException e) {
            given.inputs().pass("input_shape");
            return "constructor";
        }
        if (!given.inputs().has("input_shape")) {
            return "accepted";
        }
        int[] input = given.inputs().dimensions("input_shape");
        try {
            Sequential.of(layer).build(Arrays.copyOfRange(input, 1, input.length));
        } catch (IllegalArgumentException e) {
            return "build_or_call";
        }
        return "accepted";
    }

    static void config(Case given, Check check) {
        Map<String, @Nullable Object> config = Fields.of(
                        "layer", KerasJson.toPlain(layer(given)).get("config"))
                .without();
        for (String name : given.expected().names()) {
            Object wanted = given.expected().value(name);
            Object actual = config.get(name);
            check.same(
                    name,
                    wanted instanceof String ? named(wanted) : wanted,
                    wanted instanceof String ? named(actual) : actual);
        }
    }

    /** An object by its name alone. */
    private static @Nullable Object named(@Nullable Object value) {
        Object name = value instanceof Map<?, ?> map ? map.get("class_name") : value;
        return name instanceof String text ? Names.snakeCase(text) : name;
    }
}

package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.model.Sequential;

/**
 * The model of a training case: its layers in a row, and the case's {@code constraint}, if any, on their variables.
 *
 * <p>A constraint is a name or {@code {name, arguments…}}, on all kernels; with {@code layer} and {@code variable}, on one;
 * or an object of such constraints by layer name.
 */
final class TrainedModel {

    private final Fields config;

    private TrainedModel(Fields config) {
        this.config = config;
    }

    static Sequential of(Fields config) {
        return new TrainedModel(config).build();
    }

    private Sequential build() {
        Object constraint = config.given("constraint") ? config.value("constraint") : null;
        List<Layer> layers = new ArrayList<>();
        layers.add(Input.of(config.dimensions("input_shape")));
        for (Object entry : config.list("layers")) {
            Fields layer = Fields.of("layer", entry);
            Map<String, @Nullable Object> arguments =
                    Fields.of("config", layer.value("config")).without();
            String className = layer.text("class_name");
            if (constraint != null && (className.equals("Conv2D") || className.equals("Dense"))) {
                constrain(arguments, constraint);
            }
            layers.add(KerasArguments.layer(className, arguments));
        }
        return Sequential.of(layers.toArray(new Layer[0]));
    }

    private static void constrain(Map<String, @Nullable Object> arguments, Object constraint) {
        if (constraint instanceof String name) {
            arguments.put("kernel_constraint", name);
            return;
        }
        Fields given = Fields.of("constraint", constraint);
        String layer = String.valueOf(arguments.get("name"));
        if (!given.has("name")) {
            if (given.given(layer)) {
                arguments.put("kernel_constraint", named(Fields.of(layer, given.value(layer))));
            }
        } else if (!given.has("layer") || given.text("layer").equals(layer)) {
            String variable = given.has("variable") ? given.text("variable") : "kernel";
            arguments.put(variable + "_constraint", named(given));
        }
    }

    private static Object named(Fields constraint) {
        return Named.of(constraint.text("name"), constraint.without("name", "layer", "variable"));
    }
}

package org.lockstep.driver.conformance;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.layers.ActivationLayer;

/** Activations by name, with arguments flat or under {@code args}. */
final class ActivationCases {

    private ActivationCases() {}

    static void run(Case given, Check check) {
        Map<String, @Nullable Object> arguments = given.config().without("name", "args", "semantics");
        arguments.putAll(Fields.of("args", given.config().value("args")).without());
        Object activation = Named.of(given.config().text("name"), arguments);
        ActivationLayer layer = ActivationLayer.of(KerasArguments.activation(activation));
        LayerCases.run(layer, given.inputs().has("R"), given, check);
    }
}

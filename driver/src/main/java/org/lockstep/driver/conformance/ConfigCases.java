package org.lockstep.driver.conformance;

import org.lockstep.conf.json.KerasArguments;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.layers.Layer;

/** Layers in Keras 3's JSON. */
final class ConfigCases {

    private ConfigCases() {}

    static void layerConfig(Case given, Check check) {
        check.that(given.config().text("format").equals("keras3"), "not supported yet: another format than keras3");
        Fields arguments = Fields.of("args", given.config().value("args"));
        Layer layer = KerasArguments.layer(given.config().text("layer"), arguments.without());
        check.value("json", KerasJson.toPlain(layer));
    }
}

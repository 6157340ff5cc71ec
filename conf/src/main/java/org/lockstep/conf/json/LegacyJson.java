package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.model.Model;

/**
 * Models as the attributes {@code model_config} and {@code training_config} of Keras's older {@code .h5} files hold them:
 * Keras 3's and Keras 2's are read, Keras 3's are written. There an object that is not nested in a layer is {@code
 * {class_name, config}}, without its module.
 */
public final class LegacyJson {

    private LegacyJson() {}

    /** The attribute {@code model_config}. */
    public static String write(Model model) {
        Map<String, @Nullable Object> object = bare(KerasJson.plain(model));
        Map<String, @Nullable Object> config = Plain.object("config", object.get("config"));
        List<Object> layers = new ArrayList<>();
        for (Object layer : Plain.list("layers", config.get("layers"))) {
            layers.add(bare(Plain.object("layer", layer)));
        }
        config.put("layers", layers);
        object.put("config", config);
        return Json.write(object);
    }

    /** The attribute {@code training_config}. */
    public static String write(CompileConf compile) {
        Map<String, @Nullable Object> config = Compiled.write(compile);
        Object optimizer = config.remove("optimizer");
        config.replaceAll((name, value) -> bareAll(value));
        config.put("optimizer_config", bareAll(optimizer));
        return Json.write(config);
    }

    private static @Nullable Object bareAll(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(each -> all.add(bareAll(each)));
            return all;
        }
        return value instanceof Map<?, ?> map ? bare(Plain.object("object", map)) : value;
    }

    private static Map<String, @Nullable Object> bare(Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> bare = new LinkedHashMap<>(object);
        List.of("module", "registered_name", "build_config").forEach(bare::remove);
        return bare;
    }

    /** The model of an attribute {@code model_config}. */
    public static Model model(String text) {
        Map<String, @Nullable Object> value = Json.parseObject(text);
        return Place.in("Cannot load model", () -> KerasJson.model(Keras2Layers.model(value)));
    }

    /** How the model was compiled, of an attribute {@code training_config}. */
    public static CompileConf compile(String text) {
        Map<String, @Nullable Object> value = Json.parseObject(text);
        return Place.in("Cannot compile model", () -> {
            Arguments arguments = new Arguments("compile", Keras2Training.arguments(value));
            return Compiled.read(arguments);
        });
    }
}

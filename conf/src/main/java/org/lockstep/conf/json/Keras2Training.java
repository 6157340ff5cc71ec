package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code training_config} of an older {@code .h5} file, Keras 3's or Keras 2's, as the arguments of Keras 3's {@code
 * compile}.
 */
final class Keras2Training {

    /** What tf.keras put before the names of its own optimizers. */
    private static final String CUSTOM = "Custom>";

    private Keras2Training() {}

    static Map<String, @Nullable Object> arguments(Map<String, @Nullable Object> config) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>(config);
        arguments.remove("sample_weight_mode", null);
        Object optimizer = arguments.remove("optimizer_config");
        arguments.put("optimizer", optimizer(Plain.object("`optimizer_config`", optimizer)));
        arguments.put("loss", loss(arguments.get("loss")));
        for (String name : List.of("metrics", "weighted_metrics")) {
            if (arguments.get(name) instanceof List<?> list) {
                List<@Nullable Object> metrics = metrics(list);
                arguments.put(name, metrics.isEmpty() ? null : metrics);
            }
        }
        return arguments;
    }

    private static Map<String, @Nullable Object> optimizer(Map<String, @Nullable Object> optimizer) {
        if (optimizer.get("class_name") instanceof String name && name.startsWith(CUSTOM)) {
            optimizer.put("class_name", name.substring(CUSTOM.length()));
            optimizer.remove("registered_name", name);
        }
        Map<String, @Nullable Object> config = Plain.object("`config`", optimizer.get("config"));
        if (config.containsKey("lr") && !config.containsKey("learning_rate")) {
            config.put("learning_rate", config.remove("lr"));
        }
        config.remove("decay", null);
        config.remove("decay", 0.0);
        config.remove("is_legacy_optimizer", false);
        config.computeIfPresent("learning_rate", (name, rate) -> rate instanceof Map<?, ?> map ? unnamed(map) : rate);
        optimizer.put("config", config);
        return optimizer;
    }

    /** A schedule, without a name where its name is null. */
    private static Map<String, @Nullable Object> unnamed(Map<?, ?> schedule) {
        Map<String, @Nullable Object> object = Plain.object("`learning_rate`", schedule);
        Map<String, @Nullable Object> config = Plain.object("`config`", object.get("config"));
        config.remove("name", null);
        object.put("config", config);
        return object;
    }

    /** The loss of the one output; {@code auto} was the mean over a batch, as Keras 3's default is. */
    private static @Nullable Object loss(@Nullable Object value) {
        if (value instanceof List<?> list && list.size() == 1) {
            return loss(list.get(0));
        }
        if (!(value instanceof Map<?, ?> map) || !(map.get("config") instanceof Map<?, ?> given)) {
            return value;
        }
        Map<String, @Nullable Object> config = Plain.object("`config`", given);
        config.remove("reduction", "auto");
        Map<String, @Nullable Object> object = Plain.object("`loss`", map);
        object.put("config", config);
        return object;
    }

    /** The metrics of the one output, which tf.keras put into a list of their own. */
    private static List<@Nullable Object> metrics(List<?> list) {
        List<@Nullable Object> metrics = new ArrayList<>();
        for (Object each : list) {
            if (each instanceof List<?> inner) {
                metrics.addAll(metrics(inner));
            } else {
                metrics.add(each instanceof Map<?, ?> map ? metric(map) : each);
            }
        }
        return metrics;
    }

    /** A function that tf.keras wrapped is the metric of that name. */
    private static Map<String, @Nullable Object> metric(Map<?, ?> map) {
        Map<String, @Nullable Object> object = Plain.object("`metrics`", map);
        if ("MeanMetricWrapper".equals(object.get("class_name"))) {
            Map<String, @Nullable Object> config = Plain.object("`config`", object.get("config"));
            object.put("class_name", config.remove("fn"));
            object.put("config", config);
        }
        return object;
    }
}

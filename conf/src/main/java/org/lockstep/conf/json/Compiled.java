package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.losses.Loss;
import org.lockstep.metrics.Metric;
import org.lockstep.optimizers.Optimizer;

/** What {@code compile} takes, from plain values and back. */
final class Compiled {

    private Compiled() {}

    /** Keras's {@code compile_config}. */
    static CompileConf read(Arguments a) {
        a.only("loss_weights", (Object) null);
        a.only("steps_per_execution", 1);
        a.only("run_eagerly", false, null);
        a.only("auto_scale_loss", true, false);
        // How Keras's back end executes; of no meaning here.
        a.has("jit_compile");
        Optimizer optimizer =
                a.optional("optimizer", Optimizers::optimizer, Optimizer.of(CompileConf.DEFAULT_OPTIMIZER));
        Loss loss = a.required("loss", Losses::read);
        List<Metric> metrics = metrics(a, "metrics");
        List<Metric> weightedMetrics = metrics(a, "weighted_metrics");
        a.end();
        return new CompileConf(optimizer, loss, metrics, weightedMetrics);
    }

    private static List<Metric> metrics(Arguments a, String name) {
        List<Metric> metrics = a.nullable(name, Compiled::list, List.of());
        return metrics == null ? List.of() : metrics;
    }

    private static List<Metric> list(String name, @Nullable Object value) {
        List<Metric> metrics = new ArrayList<>();
        for (Object metric : value instanceof List<?> list ? list : Collections.singletonList(value)) {
            metrics.add(Metrics.read(name, metric));
        }
        return metrics;
    }

    static Map<String, @Nullable Object> write(CompileConf conf) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("optimizer", KerasWriter.object(conf.optimizer()));
        map.put("loss", Losses.write(conf.loss()));
        map.put("loss_weights", null);
        map.put("metrics", write(conf.metrics()));
        map.put("weighted_metrics", write(conf.weightedMetrics()));
        map.put("run_eagerly", false);
        map.put("steps_per_execution", 1);
        // Keras's torch back end writes false, the others true; false loads everywhere.
        map.put("jit_compile", false);
        return map;
    }

    private static @Nullable List<Object> write(List<Metric> metrics) {
        return metrics.isEmpty() ? null : metrics.stream().map(Metrics::write).toList();
    }
}

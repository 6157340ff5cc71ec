package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.Huber;
import org.lockstep.losses.Loss;
import org.lockstep.losses.MeanSquaredError;
import org.lockstep.losses.SimpleLoss;
import org.lockstep.losses.SparseCategoricalCrossentropy;
import org.lockstep.metrics.Accuracy;
import org.lockstep.metrics.Metric;
import org.lockstep.metrics.TopK;
import org.lockstep.optimizers.Optimizer;

/** What {@code compile} takes, from plain values and back. */
final class Compiled {

    private static final Identified<Loss> LOSSES = losses();

    private static final Identified<Metric> METRICS = metrics();

    private Compiled() {}

    private static Identified<Loss> losses() {
        Identified<Loss> family = new Identified<Loss>("loss", Loss::of)
                .member("CategoricalCrossentropy", "from_logits", a -> {
                    axis(a);
                    CategoricalCrossentropy base = CategoricalCrossentropy.of();
                    return new CategoricalCrossentropy(
                            reduced(a).optional("from_logits", Value::flag, base.fromLogits()),
                            a.optional("label_smoothing", Value::number, base.labelSmoothing()));
                })
                .member("SparseCategoricalCrossentropy", "from_logits", a -> {
                    axis(a);
                    a.only("ignore_class", (Object) null);
                    return new SparseCategoricalCrossentropy(reduced(a)
                            .optional(
                                    "from_logits",
                                    Value::flag,
                                    SparseCategoricalCrossentropy.of().fromLogits()));
                })
                .member("BinaryCrossentropy", "from_logits", a -> {
                    axis(a);
                    BinaryCrossentropy base = BinaryCrossentropy.of();
                    return new BinaryCrossentropy(
                            reduced(a).optional("from_logits", Value::flag, base.fromLogits()),
                            a.optional("label_smoothing", Value::number, base.labelSmoothing()));
                })
                .member("MeanSquaredError", "", a -> {
                    reduced(a);
                    return MeanSquaredError.of();
                })
                .member(
                        "Huber",
                        "delta",
                        a -> new Huber(reduced(a)
                                .optional("delta", Value::number, Huber.of().delta())));
        for (SimpleLoss.Kind kind : SimpleLoss.Kind.values()) {
            family.member(kind.className(), "", a -> {
                reduced(a);
                if (kind == SimpleLoss.Kind.COSINE_SIMILARITY) {
                    axis(a);
                }
                return new SimpleLoss(kind);
            });
        }
        return family;
    }

    private static Arguments reduced(Arguments a) {
        a.only("reduction", "sum_over_batch_size");
        a.has("name");
        Dtype.check(a);
        return a;
    }

    private static void axis(Arguments a) {
        a.only("axis", -1);
    }

    private static Identified<Metric> metrics() {
        Identified<Metric> family = new Identified<>("metric", Metric::of);
        for (Accuracy.Kind kind : Accuracy.Kind.values()) {
            if (kind != Accuracy.Kind.BY_SHAPE) {
                Metric base = Metric.of(new Accuracy(kind, "").className());
                family.member(base.className(), "name", a -> {
                    Dtype.check(a);
                    a.only("threshold", 0.5);
                    return new Accuracy(kind, a.optional("name", Value::text, base.name()));
                });
            }
        }
        for (TopK base : List.of(TopK.of(false), TopK.of(true))) {
            family.member(base.className(), "k", a -> {
                Dtype.check(a);
                a.only("from_sorted_ids", false);
                return new TopK(
                        base.sparse(),
                        a.optional("k", Value::integer, base.k()),
                        a.optional("name", Value::text, base.name()));
            });
        }
        return family;
    }

    static Loss loss(String argument, @Nullable Object value) {
        return LOSSES.read(argument, value);
    }

    static Metric metric(String argument, @Nullable Object value) {
        return METRICS.read(argument, value);
    }

    /** Keras's {@code compile_config}. */
    static CompileConf read(Arguments a) {
        a.only("loss_weights", (Object) null);
        a.only("weighted_metrics", (Object) null);
        a.only("steps_per_execution", 1);
        a.only("run_eagerly", false, null);
        a.only("auto_scale_loss", true, false);
        // How Keras's back end executes; of no meaning here.
        a.has("jit_compile");
        Optimizer optimizer =
                a.optional("optimizer", Optimizers::optimizer, Optimizer.of(CompileConf.DEFAULT_OPTIMIZER));
        Loss loss = a.required("loss", Compiled::loss);
        List<Metric> metrics = a.nullable("metrics", Compiled::list, List.of());
        a.end();
        return new CompileConf(optimizer, loss, metrics == null ? List.of() : metrics);
    }

    private static List<Metric> list(String name, @Nullable Object value) {
        List<Metric> metrics = new ArrayList<>();
        for (Object metric : value instanceof List<?> list ? list : Collections.singletonList(value)) {
            metrics.add(metric(name, metric));
        }
        return metrics;
    }

    static Map<String, @Nullable Object> write(CompileConf conf) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("optimizer", KerasWriter.object(conf.optimizer()));
        map.put("loss", write(conf.loss()));
        map.put("loss_weights", null);
        map.put(
                "metrics",
                conf.metrics().isEmpty()
                        ? null
                        : conf.metrics().stream().map(Compiled::write).toList());
        map.put("weighted_metrics", null);
        map.put("run_eagerly", false);
        map.put("steps_per_execution", 1);
        // Keras's torch back end writes false, the others true; false loads everywhere.
        map.put("jit_compile", false);
        return map;
    }

    private static Object write(Loss loss) {
        return Loss.of(loss.name()).equals(loss) ? loss.name() : KerasWriter.object(loss);
    }

    private static Object write(Metric metric) {
        boolean isByShape = metric instanceof Accuracy accuracy && accuracy.kind() == Accuracy.Kind.BY_SHAPE;
        String known = isByShape ? metric.name() : metric.className();
        return Metric.of(known).equals(metric) ? metric.name() : KerasWriter.object(metric);
    }
}

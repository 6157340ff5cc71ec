package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.keras.NotSupportedException;
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
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.AdamW;
import org.lockstep.optimizers.Clip;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;

/** What {@code compile} takes, from plain values and back. */
final class Compiled {

    private static final Identified<Loss> LOSSES = losses();

    private static final Identified<Metric> METRICS = metrics();

    private static final Identified<Optimizer> OPTIMIZERS = optimizers();

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

    private static Identified<Optimizer> optimizers() {
        Identified<Optimizer> family = new Identified<>("optimizer", Optimizer::of);
        for (String className : List.of("SGD", "Adam", "AdamW", "RMSprop")) {
            family.member(className, "learning_rate", Compiled::configured);
            family.alias(className.toLowerCase(Locale.ROOT), className);
        }
        return family;
    }

    static Loss loss(String argument, @Nullable Object value) {
        return LOSSES.read(argument, value);
    }

    static Metric metric(String argument, @Nullable Object value) {
        return METRICS.read(argument, value);
    }

    /** An optimizer: also {@code {name: "sgd", learning_rate: …}}. */
    static Optimizer optimizer(String argument, @Nullable Object value) {
        if (value instanceof Map<?, ?> map
                && !map.containsKey("class_name")
                && map.get("name") instanceof String name) {
            return configured(name, Plain.object(argument, value));
        }
        return OPTIMIZERS.read(argument, value);
    }

    private static Optimizer configured(String name, Map<String, @Nullable Object> config) {
        Arguments arguments = new Arguments(Optimizer.of(name).className(), config);
        Optimizer optimizer = configured(arguments);
        arguments.end();
        return optimizer;
    }

    private static Optimizer configured(Arguments a) {
        a.has("name");
        a.only("use_ema", false);
        // Without an average it has no effect.
        a.has("ema_momentum");
        a.only("ema_overwrite_frequency", (Object) null);
        a.only("loss_scale_factor", (Object) null);
        a.only("gradient_accumulation_steps", (Object) null);
        a.only("jit_compile", true, false, null);
        Optimizer base = Optimizer.of(a.callee());
        double rate = a.optional("learning_rate", Compiled::rate, base.learningRate());
        Double decay = a.nullable("weight_decay", Value::number, base.weightDecay());
        Clip clip = new Clip(
                a.nullable("clipnorm", Value::number, null),
                a.nullable("clipvalue", Value::number, null),
                a.nullable("global_clipnorm", Value::number, null));
        if (base instanceof SGD sgd) {
            return new SGD(
                    rate,
                    a.optional("momentum", Value::number, sgd.momentum()),
                    a.optional("nesterov", Value::flag, sgd.nesterov()),
                    decay,
                    clip);
        }
        if (base instanceof Adam adam) {
            return adam(a, adam, rate, decay, clip);
        }
        if (base instanceof AdamW decayed) {
            return new AdamW(adam(a, decayed.adam(), rate, decay, clip));
        }
        RMSprop rmsprop = (RMSprop) base;
        return new RMSprop(
                rate,
                a.optional("rho", Value::number, rmsprop.rho()),
                a.optional("momentum", Value::number, rmsprop.momentum()),
                a.optional("epsilon", Value::number, rmsprop.epsilon()),
                a.optional("centered", Value::flag, rmsprop.centered()),
                decay,
                clip);
    }

    private static Adam adam(Arguments a, Adam base, double rate, @Nullable Double decay, Clip clip) {
        return new Adam(
                rate,
                a.optional("beta_1", Value::number, base.beta1()),
                a.optional("beta_2", Value::number, base.beta2()),
                a.optional("epsilon", Value::number, base.epsilon()),
                a.optional("amsgrad", Value::flag, base.amsgrad()),
                decay,
                clip);
    }

    private static double rate(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            throw new NotSupportedException(
                    "Argument `learning_rate` must be a number: schedules are not supported. Received: learning_rate="
                            + Plain.repr(value));
        }
        return Value.single(name, value);
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
        Optimizer optimizer = a.optional("optimizer", Compiled::optimizer, Optimizer.of(CompileConf.DEFAULT_OPTIMIZER));
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

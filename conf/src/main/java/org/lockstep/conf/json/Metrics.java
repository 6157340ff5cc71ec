package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.Loss;
import org.lockstep.losses.SparseCategoricalCrossentropy;
import org.lockstep.metrics.AUC;
import org.lockstep.metrics.Accuracy;
import org.lockstep.metrics.Confusion;
import org.lockstep.metrics.LossMetric;
import org.lockstep.metrics.Metric;
import org.lockstep.metrics.RootMeanSquaredError;
import org.lockstep.metrics.TopK;

/** Metrics from plain values and back. */
final class Metrics {

    private static final Identified<Metric> METRICS = metrics();

    private Metrics() {}

    private static Identified<Metric> metrics() {
        Identified<Metric> family = new Identified<>("metric", Metric::of);
        for (Metric base : Metric.all()) {
            family.member(base.className(), firstArgument(base), a -> configured(base, a));
            if (base instanceof LossMetric mean) {
                mean.aliases().forEach(alias -> family.alias(alias, base.className()));
            }
        }
        return family;
    }

    private static String firstArgument(Metric base) {
        if (base instanceof TopK) {
            return "k";
        } else if (base instanceof Confusion) {
            return "thresholds";
        }
        return base instanceof AUC ? "num_thresholds" : "name";
    }

    private static Metric configured(Metric base, Arguments a) {
        Dtype.check(a);
        String name = a.nullable("name", Value::text, null);
        return arguments(base, a).name(name == null ? base.name() : name);
    }

    private static Metric arguments(Metric base, Arguments a) {
        if (base instanceof Accuracy accuracy) {
            return accuracy.kind() == Accuracy.Kind.BINARY
                    ? accuracy.threshold(a.optional("threshold", Value::number, accuracy.threshold()))
                    : accuracy;
        } else if (base instanceof TopK top) {
            a.only("from_sorted_ids", false);
            return top.k(a.optional("k", Value::integer, top.k()));
        } else if (base instanceof LossMetric mean) {
            return new LossMetric(loss(mean.loss(), a), mean.name());
        } else if (base instanceof Confusion confusion) {
            return confusion(confusion, a);
        } else if (base instanceof AUC auc) {
            return auc(auc, a);
        } else if (!(base instanceof RootMeanSquaredError)) {
            throw new IllegalStateException("No arguments of metric " + base);
        }
        return base;
    }

    private static Loss loss(Loss base, Arguments a) {
        if (base instanceof BinaryCrossentropy binary) {
            return new BinaryCrossentropy(
                    a.optional("from_logits", Value::flag, binary.fromLogits()),
                    a.optional("label_smoothing", Value::number, binary.labelSmoothing()));
        }
        if (base instanceof CategoricalCrossentropy classes) {
            a.only("axis", -1);
            return new CategoricalCrossentropy(
                    a.optional("from_logits", Value::flag, classes.fromLogits()),
                    a.optional("label_smoothing", Value::number, classes.labelSmoothing()));
        }
        if (base instanceof SparseCategoricalCrossentropy classes) {
            a.only("axis", -1);
            a.only("ignore_class", (Object) null);
            return new SparseCategoricalCrossentropy(a.optional("from_logits", Value::flag, classes.fromLogits()));
        }
        if (base.name().equals("cosine_similarity")) {
            a.only("axis", -1);
        }
        return base;
    }

    private static Confusion confusion(Confusion base, Arguments a) {
        Confusion metric = base.threshold(a.nullable("thresholds", Metrics::threshold, null));
        if (base.config().containsKey("top_k")) {
            metric = metric.topK(a.nullable("top_k", Value::integer, null));
            metric = metric.classId(a.nullable("class_id", Value::integer, null));
        }
        return metric;
    }

    /** One, or a list of one: a log is a single number. */
    private static Double threshold(String name, @Nullable Object value) {
        if (value instanceof List<?> list) {
            if (list.size() != 1) {
                throw new NotSupportedException("Several thresholds in one metric are not supported. Received: %s=%s"
                        .formatted(name, Plain.repr(value)));
            }
            return Value.number(name, list.get(0));
        }
        return Value.number(name, value);
    }

    private static AUC auc(AUC base, Arguments a) {
        a.only("multi_label", false);
        a.only("num_labels", (Object) null);
        a.only("label_weights", (Object) null);
        AUC metric = a.setUnlessNull(base, "num_thresholds", Value::integer, AUC::numThresholds);
        metric = a.setUnlessNull(metric, "thresholds", Metrics::numbers, AUC::thresholds);
        metric = a.set(metric, "curve", (name, value) -> AUC.Curve.of(Value.text(name, value)), AUC::curve);
        metric = a.set(
                metric, "summation_method", (name, value) -> AUC.Summation.of(Value.text(name, value)), AUC::summation);
        return a.set(metric, "from_logits", Value::flag, AUC::fromLogits);
    }

    private static List<Double> numbers(String name, @Nullable Object value) {
        List<Double> numbers = new ArrayList<>();
        for (Object number : Plain.list("`" + name + "`", value)) {
            numbers.add(Value.number(name, number));
        }
        return numbers;
    }

    static Metric read(String argument, @Nullable Object value) {
        return METRICS.read(argument, value);
    }

    /** A name where that says all. */
    static Object write(Metric metric) {
        return isNamed(metric) ? metric.name() : KerasWriter.object(metric);
    }

    private static boolean isNamed(Metric metric) {
        try {
            return Metric.of(metric.name()).equals(metric);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

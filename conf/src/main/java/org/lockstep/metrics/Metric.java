package org.lockstep.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasObject;
import org.lockstep.keras.Names;

/** A metric: a number made of sums over the samples of an epoch, reported under its name. */
public sealed interface Metric extends KerasObject
        permits AUC, Accuracy, Confusion, LossMetric, RootMeanSquaredError, TopK {

    /** Keras's metric of that name with its defaults, reported under the very name. */
    static Metric of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("accuracy") || lower.equals("acc")) {
            return new Accuracy(Accuracy.Kind.BY_SHAPE, name);
        }
        for (Metric metric : all()) {
            if (name.equals(metric.className())
                    || name.equals(Names.snakeCase(metric.className()))
                    || (metric instanceof LossMetric mean && mean.aliases().contains(name))) {
                return metric.name(name);
            }
        }
        throw new IllegalArgumentException("Could not interpret metric identifier: " + name);
    }

    /** All but {@code accuracy}, with Keras's defaults and under its names. */
    static List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        for (Accuracy.Kind kind : Accuracy.Kind.values()) {
            if (kind != Accuracy.Kind.BY_SHAPE) {
                all.add(Accuracy.of(kind));
            }
        }
        all.add(TopK.of(false));
        all.add(TopK.of(true));
        all.addAll(LossMetric.all());
        all.add(RootMeanSquaredError.of());
        for (Confusion.Kind kind : Confusion.Kind.values()) {
            all.add(Confusion.of(kind));
        }
        all.add(AUC.of());
        return all;
    }

    /** The key in logs and history. */
    String name();

    /** The same metric under another name. */
    Metric name(String value);

    /** How many numbers it is made of, which are added up over samples: at first their values, then their weights. */
    default int numbers() {
        return 2;
    }

    /**
     * Its value, 0 where nothing was counted: here the mean.
     *
     * @param from where its numbers begin
     */
    default double result(double[] numbers, int from) {
        return numbers[from + 1] == 0 ? 0 : numbers[from] / numbers[from + 1];
    }

    /** Which way is better, where a callback has to know; null where nobody knows. */
    @Nullable
    Boolean isHigherBetter();

    @Override
    default String module() {
        return "keras.metrics";
    }
}

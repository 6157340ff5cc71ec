package org.lockstep.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.keras.Names;

/**
 * The share of samples that are predicted right.
 *
 * @param threshold above which a prediction is 1; of binary accuracy only
 */
public record Accuracy(Kind kind, String name, double threshold) implements Metric {

    private static final double DEFAULT_THRESHOLD = 0.5;

    /** What "right" means. */
    public enum Kind {
        /** Chosen by the shapes of labels and predictions, as {@code metrics=["accuracy"]} does. */
        BY_SHAPE("Accuracy"),
        /** Label = (prediction &gt; threshold). */
        BINARY("BinaryAccuracy"),
        /** argmax of the label = argmax of the prediction, the first one winning. */
        CATEGORICAL("CategoricalAccuracy"),
        /** Label = argmax of the prediction. */
        SPARSE_CATEGORICAL("SparseCategoricalAccuracy");

        private final String className;

        Kind(String className) {
            this.className = className;
        }
    }

    public Accuracy {
        if (kind != Kind.BINARY && threshold != DEFAULT_THRESHOLD) {
            throw new IllegalArgumentException(
                    "Invalid `threshold`: only BinaryAccuracy takes one. Received: " + threshold);
        }
    }

    /** One with Keras's threshold of 0.5. */
    public Accuracy(Kind kind, String name) {
        this(kind, name, DEFAULT_THRESHOLD);
    }

    /** Keras's metric of that kind, under its name. */
    public static Accuracy of(Kind kind) {
        return new Accuracy(kind, kind == Kind.BY_SHAPE ? "accuracy" : Names.snakeCase(kind.className));
    }

    /**
     * The kind for these shapes: predictions with a last dimension of 1 are binary; labels of lower rank, or with a last
     * dimension of 1, are class numbers; else one-hot.
     *
     * @param labels shape of the labels, batch first
     * @param predictions shape of the predictions, batch first
     */
    public Kind resolve(int[] labels, int[] predictions) {
        if (kind != Kind.BY_SHAPE) {
            return kind;
        }
        if (predictions[predictions.length - 1] == 1) {
            return Kind.BINARY;
        }
        boolean classNumbers = labels.length < predictions.length || labels[labels.length - 1] == 1;
        return classNumbers ? Kind.SPARSE_CATEGORICAL : Kind.CATEGORICAL;
    }

    /** The same metric with another threshold. */
    public Accuracy threshold(double value) {
        return new Accuracy(kind, name, value);
    }

    @Override
    public Accuracy name(String value) {
        return new Accuracy(kind, value, threshold);
    }

    @Override
    public Boolean isHigherBetter() {
        return true;
    }

    @Override
    public String className() {
        return kind.className;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        Dict dict = Dict.of("name", name).with("dtype", "float32");
        return (kind == Kind.BINARY ? dict.with("threshold", threshold) : dict).asMap();
    }
}

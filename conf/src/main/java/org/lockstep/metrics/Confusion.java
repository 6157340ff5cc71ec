package org.lockstep.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.keras.Names;

/**
 * What comes of counts of true and false positives and negatives: each number of a prediction is positive where it is above
 * the threshold, its label where it is not 0. The counts are sums of weights.
 *
 * @param threshold null for 0.5, or with {@code topK} for none
 * @param topK only so many of the largest numbers of a sample are positive; null for all
 * @param classId the only class that is looked at; null for all
 */
public record Confusion(
        Kind kind,
        @Nullable Double threshold,
        @Nullable Integer topK,
        @Nullable Integer classId,
        String name) implements Metric {

    private static final double DEFAULT_THRESHOLD = 0.5;

    /** Keras's stand-in for minus infinity. */
    private static final double NO_THRESHOLD = -1e10;

    /** What is made of the counts. */
    public enum Kind {
        /** TP / (TP + FP). */
        PRECISION("Precision"),
        /** TP / (TP + FN). */
        RECALL("Recall"),
        TRUE_POSITIVES("TruePositives"),
        FALSE_POSITIVES("FalsePositives"),
        TRUE_NEGATIVES("TrueNegatives"),
        FALSE_NEGATIVES("FalseNegatives");

        private final String className;

        Kind(String className) {
            this.className = className;
        }

        private boolean isShare() {
            return this == PRECISION || this == RECALL;
        }
    }

    public Confusion {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("Threshold values must be in [0, 1]. Received: [" + threshold + "]");
        }
        if (topK != null && topK < 1) {
            throw new IllegalArgumentException("Invalid `top_k`: must be positive. Received: " + topK);
        }
        if (classId != null && classId < 0) {
            throw new IllegalArgumentException("Invalid `class_id`: must not be negative. Received: " + classId);
        }
        if (!kind.isShare() && (topK != null || classId != null)) {
            throw new IllegalArgumentException("Invalid `%s`: %s does not take it. Received: %d"
                    .formatted(topK == null ? "class_id" : "top_k", kind.className, topK == null ? classId : topK));
        }
    }

    /** One of all numbers and classes, with a threshold of 0.5, under Keras's name. */
    public static Confusion of(Kind kind) {
        return new Confusion(kind, null, null, null, Names.snakeCase(kind.className));
    }

    public static Confusion precision() {
        return of(Kind.PRECISION);
    }

    public static Confusion recall() {
        return of(Kind.RECALL);
    }

    public Confusion threshold(@Nullable Double value) {
        return new Confusion(kind, value, topK, classId, name);
    }

    public Confusion topK(@Nullable Integer value) {
        return new Confusion(kind, threshold, value, classId, name);
    }

    public Confusion classId(@Nullable Integer value) {
        return new Confusion(kind, threshold, topK, value, name);
    }

    @Override
    public Confusion name(String value) {
        return new Confusion(kind, threshold, topK, classId, value);
    }

    /** Above which numbers are positive. */
    public double effectiveThreshold() {
        if (threshold != null) {
            return threshold;
        }
        return topK == null ? DEFAULT_THRESHOLD : NO_THRESHOLD;
    }

    /** Counts of true positives, false positives, true negatives and false negatives. */
    @Override
    public int numbers() {
        return 4;
    }

    @Override
    public double result(double[] numbers, int from) {
        double truePositives = numbers[from];
        double falsePositives = numbers[from + 1];
        double trueNegatives = numbers[from + 2];
        double falseNegatives = numbers[from + 3];
        return switch (kind) {
            case PRECISION -> share(truePositives, falsePositives);
            case RECALL -> share(truePositives, falseNegatives);
            case TRUE_POSITIVES -> truePositives;
            case FALSE_POSITIVES -> falsePositives;
            case TRUE_NEGATIVES -> trueNegatives;
            case FALSE_NEGATIVES -> falseNegatives;
        };
    }

    private static double share(double hits, double others) {
        return hits + others == 0 ? 0 : hits / (hits + others);
    }

    /** Of counts alone Keras does not know. */
    @Override
    public @Nullable Boolean isHigherBetter() {
        return kind.isShare() ? Boolean.TRUE : null;
    }

    @Override
    public String className() {
        return kind.className;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        Dict dict = Dict.of("name", name).with("dtype", "float32").with("thresholds", threshold);
        return (kind.isShare() ? dict.with("top_k", topK).with("class_id", classId) : dict).asMap();
    }
}

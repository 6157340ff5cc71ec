package org.lockstep.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.keras.KerasSettings;

/**
 * The area under a curve of operating points, one for each of T thresholds. All numbers of predictions are taken together,
 * as those of one class.
 *
 * <p>It is made of 2 (T + 1) sums of weights: for each number c of thresholds that predictions may be above, of those with a
 * label that is not 0, then of the others. So they add up over shards as counts do.
 *
 * @param numThresholds T, at least 2
 * @param thresholds those between the first, just below 0, and the last, just above 1; null for evenly spaced ones
 * @param fromLogits whether predictions go through a sigmoid first
 */
public record AUC(
        int numThresholds,
        Curve curve,
        Summation summation,
        String name,
        @Nullable List<Double> thresholds,
        boolean fromLogits)
        implements Metric {

    private static final int DEFAULT_THRESHOLDS = 200;

    /** What numpy's allclose takes for the same, beside epsilon. */
    private static final double RELATIVE = 1e-5;

    /** The axes. */
    public enum Curve {
        /** False positive rate and recall. */
        ROC,
        /** Recall and precision. */
        PR,
        /** The gains of recall and precision over those of a classifier that is always positive. */
        PRGAIN;

        /** Keras's name, in capitals or small letters. */
        public static Curve of(String name) {
            for (Curve curve : values()) {
                if (curve.name().equals(name)
                        || curve.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return curve;
                }
            }
            throw new IllegalArgumentException(
                    "Invalid AUC curve value: \"%s\". Expected values are [\"PR\", \"ROC\", \"PRGAIN\"]"
                            .formatted(name));
        }
    }

    /** The height of the area between two thresholds. */
    public enum Summation {
        /** The middle; on the curve PR, positives are interpolated. */
        INTERPOLATION,
        /** The larger of both. */
        MAJORING,
        /** The smaller of both. */
        MINORING;

        /** Keras's name. */
        public static Summation of(String name) {
            for (Summation summation : values()) {
                if (summation.kerasName().equals(name)
                        || (summation.name().charAt(0) + summation.kerasName().substring(1)).equals(name)) {
                    return summation;
                }
            }
            throw new IllegalArgumentException(
                    "Invalid AUC summation method value: \"%s\". Expected values are [\"interpolation\", \"majoring\", \"minoring\"]"
                            .formatted(name));
        }

        String kerasName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AUC {
        if (thresholds != null) {
            for (double threshold : thresholds) {
                if (!(threshold >= 0 && threshold <= 1)) {
                    throw new IllegalArgumentException(
                            "Threshold values must be in [0, 1]. Received: [" + threshold + "]");
                }
            }
            thresholds = thresholds.stream().sorted().toList();
            numThresholds = thresholds.size() + 2;
        }
        if (numThresholds <= 1) {
            throw new IllegalArgumentException(
                    "Argument `num_thresholds` must be an integer > 1. Received: num_thresholds=" + numThresholds);
        }
    }

    /** The area under ROC at 200 thresholds, under Keras's name. */
    public static AUC of() {
        return new AUC(DEFAULT_THRESHOLDS, Curve.ROC, Summation.INTERPOLATION, "auc", null, false);
    }

    public AUC numThresholds(int value) {
        return new AUC(value, curve, summation, name, null, fromLogits);
    }

    public AUC curve(Curve value) {
        return new AUC(numThresholds, value, summation, name, thresholds, fromLogits);
    }

    public AUC summation(Summation value) {
        return new AUC(numThresholds, curve, value, name, thresholds, fromLogits);
    }

    public AUC thresholds(List<Double> value) {
        return new AUC(numThresholds, curve, summation, name, value, fromLogits);
    }

    public AUC fromLogits(boolean value) {
        return new AUC(numThresholds, curve, summation, name, thresholds, value);
    }

    @Override
    public AUC name(String value) {
        return new AUC(numThresholds, curve, summation, value, thresholds, fromLogits);
    }

    /** All T thresholds, in order. */
    public List<Double> allThresholds() {
        List<Double> all = new ArrayList<>(numThresholds);
        all.add(-KerasSettings.EPSILON);
        for (int i = 1; i < numThresholds - 1; i++) {
            all.add(thresholds == null ? (double) i / (numThresholds - 1) : thresholds.get(i - 1));
        }
        all.add(1 + KerasSettings.EPSILON);
        return all;
    }

    /** Whether the thresholds are evenly spaced from 0 to 1: Keras then calculates which of them a prediction is above. */
    public boolean isEven() {
        if (thresholds == null) {
            return true;
        }
        boolean isEven = numThresholds >= 3;
        for (int i = 1; i < numThresholds - 1; i++) {
            double even = (float) i / (numThresholds - 1);
            isEven &= Math.abs(thresholds.get(i - 1) - even) <= KerasSettings.EPSILON + RELATIVE * even;
        }
        return isEven;
    }

    @Override
    public int numbers() {
        return 2 * (numThresholds + 1);
    }

    @Override
    public double result(double[] numbers, int from) {
        return OperatingPoints.of(numThresholds, numbers, from).area(curve, summation);
    }

    @Override
    public Boolean isHigherBetter() {
        return true;
    }

    @Override
    public String className() {
        return "AUC";
    }

    @Override
    public Map<String, @Nullable Object> config() {
        Dict dict = Dict.of("name", name)
                .with("dtype", "float32")
                .with("num_thresholds", numThresholds)
                .with("curve", curve.name())
                .with("summation_method", summation.kerasName())
                .with("multi_label", false)
                .with("num_labels", null)
                .with("label_weights", null)
                .with("from_logits", fromLogits);
        return (thresholds == null ? dict : dict.with("thresholds", thresholds)).asMap();
    }
}

package org.lockstep.metrics;

import org.lockstep.metrics.AUC.Curve;
import org.lockstep.metrics.AUC.Summation;

/** True and false positives and negatives at each of some thresholds, and the areas under their curves. */
record OperatingPoints(
        double[] truePositives, double[] falsePositives, double[] trueNegatives, double[] falseNegatives) {

    /** From the sums that an {@link AUC} is made of. */
    static OperatingPoints of(int thresholds, double[] numbers, int from) {
        double[] above = new double[thresholds];
        double[] falselyAbove = new double[thresholds];
        double positive = 0;
        double negative = 0;
        for (int count = thresholds; count >= 0; count--) {
            positive += numbers[from + 2 * count];
            negative += numbers[from + 2 * count + 1];
            if (count > 0) {
                above[count - 1] = positive;
                falselyAbove[count - 1] = negative;
            }
        }
        double[] below = new double[thresholds];
        double[] trulyBelow = new double[thresholds];
        for (int i = 0; i < thresholds; i++) {
            below[i] = positive - above[i];
            trulyBelow[i] = negative - falselyAbove[i];
        }
        return new OperatingPoints(above, falselyAbove, trulyBelow, below);
    }

    double area(Curve curve, Summation summation) {
        if (curve == Curve.PR && summation == Summation.INTERPOLATION) {
            return interpolated();
        }
        double area = 0;
        for (int i = 0; i + 1 < truePositives.length; i++) {
            double left = y(curve, i);
            double right = y(curve, i + 1);
            double height = switch (summation) {
                case INTERPOLATION -> (left + right) / 2;
                case MAJORING -> Math.max(left, right);
                case MINORING -> Math.min(left, right);
            };
            area += (x(curve, i) - x(curve, i + 1)) * height;
        }
        return area;
    }

    private double x(Curve curve, int i) {
        return switch (curve) {
            case ROC -> ratio(falsePositives[i], falsePositives[i] + trueNegatives[i]);
            case PR -> recall(i);
            case PRGAIN -> truePositives[i] == 0 ? 0 : Math.max(0, 1 - scale(i) * falseNegatives[i] / truePositives[i]);
        };
    }

    private double y(Curve curve, int i) {
        return switch (curve) {
            case ROC -> recall(i);
            case PR -> ratio(truePositives[i], truePositives[i] + falsePositives[i]);
            case PRGAIN -> truePositives[i] == 0 ? 1 : 1 - scale(i) * falsePositives[i] / truePositives[i];
        };
    }

    private double recall(int i) {
        return ratio(truePositives[i], truePositives[i] + falseNegatives[i]);
    }

    private double scale(int i) {
        return ratio(truePositives[i] + falseNegatives[i], trueNegatives[i] + falsePositives[i]);
    }

    /**
     * With TP and P = TP + FP linear between two thresholds A and B: slope · (ΔTP + (TP − slope · P) · log(P_A / P_B)) over all
     * positives, where slope is ΔTP / ΔP.
     */
    private double interpolated() {
        double area = 0;
        for (int i = 0; i + 1 < truePositives.length; i++) {
            double gained = truePositives[i] - truePositives[i + 1];
            double left = truePositives[i] + falsePositives[i];
            double right = truePositives[i + 1] + falsePositives[i + 1];
            double slope = ratio(gained, Math.max(left - right, 0));
            double intercept = truePositives[i + 1] - slope * right;
            double log = left > 0 && right > 0 ? StrictMath.log(left / right) : 0;
            area += ratio(
                    slope * (gained + intercept * log), Math.max(truePositives[i + 1] + falseNegatives[i + 1], 0));
        }
        return area;
    }

    /** 0 where the divisor is. */
    private static double ratio(double dividend, double divisor) {
        return divisor == 0 ? 0 : dividend / divisor;
    }
}

package org.lockstep.examples.bench;

import java.util.Arrays;
import java.util.List;

/** What is said of repeated measurements: numbers that a single slow or fast one does not move. */
final class Statistics {

    private static final double COVERAGE = 0.95;

    private Statistics() {}

    /**
     * An interval for the true median, with no assumption on the distribution: two order statistics.
     *
     * @param coverage the chance that independent measurements give an interval that holds the true median
     */
    record Interval(double low, double high, double coverage) {}

    /** The middle value, or the mean of the two in the middle. */
    static double median(List<Double> values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double min(List<Double> values) {
        return sorted(values)[0];
    }

    static double max(List<Double> values) {
        return sorted(values)[values.size() - 1];
    }

    /**
     * From the k-th smallest to the k-th largest, with the largest k that covers the median with 95 % or more; the whole
     * range, with its lower coverage, where fewer than six values allow no such k.
     *
     * <p>coverage = 1 - 2 P(B &lt; k), B binomial with n trials of 1/2.
     */
    static Interval medianInterval(List<Double> values) {
        double[] sorted = sorted(values);
        int n = sorted.length;
        int k = 1;
        double coverage = 1 - 2 * Math.scalb(1.0, -n);
        double term = Math.scalb(1.0, -n);
        for (int next = 2; next <= n / 2; next++) {
            term = term * (n - next + 2) / (next - 1);
            if (coverage - 2 * term < COVERAGE) {
                break;
            }
            coverage -= 2 * term;
            k = next;
        }
        return new Interval(sorted[k - 1], sorted[n - k], coverage);
    }

    private static double[] sorted(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("Invalid `values`: must hold at least one measurement. Received: []");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}

package org.lockstep.report;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An epoch's running values: the loss as a mean over batches weighted by their sizes, the metrics as sums over counts, as
 * Keras shows them after each batch. Not thread-safe.
 */
public final class Totals {

    private final List<String> metricNames;
    private final double[] metrics;
    private double weightedLoss;
    private long samples;

    public Totals(List<String> metricNames) {
        this.metricNames = List.copyOf(metricNames);
        this.metrics = new double[2 * metricNames.size()];
    }

    /** Goes on from a snapshot of totals of as many metrics. */
    public Totals(List<String> metricNames, Snapshot snapshot) {
        this(metricNames);
        if (snapshot.metrics().size() != metrics.length) {
            throw new IllegalArgumentException("Cannot go on from totals of %d metrics: there are %d"
                    .formatted(snapshot.metrics().size() / 2, metricNames.size()));
        }
        add(snapshot);
    }

    /**
     * All numbers behind running values.
     *
     * @param weightedLoss the sum of the batches' losses times their sizes
     * @param metrics for each metric the sum of its values, then the sum of their weights
     */
    public record Snapshot(double weightedLoss, long samples, List<Double> metrics) implements Serializable {

        public Snapshot {
            metrics = List.copyOf(metrics);
        }
    }

    /** The numbers of now. */
    public Snapshot snapshot() {
        return new Snapshot(
                weightedLoss, samples, Arrays.stream(metrics).boxed().toList());
    }

    private void add(Snapshot snapshot) {
        weightedLoss = snapshot.weightedLoss();
        samples = snapshot.samples();
        Arrays.setAll(metrics, i -> snapshot.metrics().get(i));
    }

    /** Adds one batch. */
    public void add(long batchSamples, double loss, double[] metricSums) {
        weightedLoss += batchSamples * loss;
        samples += batchSamples;
        for (int i = 0; i < metrics.length; i++) {
            metrics[i] += metricSums[i];
        }
    }

    public long samples() {
        return samples;
    }

    /** The logs so far: {@code loss}, then the metrics in their order. */
    public Map<String, Double> logs() {
        Map<String, Double> logs = new LinkedHashMap<>();
        logs.put("loss", ratio(weightedLoss, (double) samples));
        for (int i = 0; i < metricNames.size(); i++) {
            logs.put(metricNames.get(i), ratio(metrics[2 * i], metrics[2 * i + 1]));
        }
        return logs;
    }

    /** 0 where nothing was counted, as in Keras. */
    private static double ratio(double sum, double count) {
        return count == 0 ? 0 : sum / count;
    }
}

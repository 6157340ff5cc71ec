package org.lockstep.report;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.metrics.Logged;

/**
 * An epoch's running values: the loss as a mean over batches weighted by their sizes, the metrics from their sums, as
 * Keras shows them after each batch. Not thread-safe.
 */
public final class Totals {

    private final List<Logged> logged;
    private final double[] metrics;
    private double weightedLoss;
    private long samples;

    public Totals(List<Logged> logged) {
        this.logged = List.copyOf(logged);
        this.metrics = new double[Logged.numbers(logged)];
    }

    /** Goes on from a snapshot of totals of the same metrics. */
    public Totals(List<Logged> logged, Snapshot snapshot) {
        this(logged);
        if (snapshot.metrics().size() != metrics.length) {
            throw new IllegalArgumentException("Cannot go on from %d sums of metrics: there are %d"
                    .formatted(snapshot.metrics().size(), metrics.length));
        }
        add(snapshot);
    }

    /**
     * All numbers behind running values.
     *
     * @param weightedLoss the sum of the batches' losses times their sizes
     * @param metrics the sums of each metric, one metric after the other
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
        logs.put("loss", samples == 0 ? 0 : weightedLoss / samples);
        int from = 0;
        for (Logged each : logged) {
            logs.put(each.name(), each.metric().result(metrics, from));
            from += each.metric().numbers();
        }
        return logs;
    }
}

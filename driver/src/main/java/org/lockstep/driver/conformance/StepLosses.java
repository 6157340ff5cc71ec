package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lockstep.callbacks.Callback;

/** The loss of each step, worked back from the running means that callbacks hear. */
final class StepLosses extends Callback {

    private final int batchSize;
    private final int samples;
    private final List<Double> losses = new ArrayList<>();
    private double weightedSum;
    private int seen;

    StepLosses(int batchSize, int samples) {
        this.batchSize = batchSize;
        this.samples = samples;
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
        weightedSum = 0;
        seen = 0;
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        int size = Math.min(batchSize, samples - seen);
        seen += size;
        double sum = logs.getOrDefault("loss", Double.NaN) * seen;
        losses.add((sum - weightedSum) / size);
        weightedSum = sum;
    }

    /** False: it only watches. */
    @Override
    public boolean isSynchronous() {
        return false;
    }

    Numbers losses() {
        return new Numbers(
                new int[] {losses.size()},
                losses.stream().mapToDouble(Double::doubleValue).toArray());
    }
}

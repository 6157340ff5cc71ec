package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.FittedModel;
import org.lockstep.data.Tensor;
import org.lockstep.metrics.Metric;
import org.lockstep.model.Sequential;

/** A model in training whose one weight is the index of its epoch, and which remembers in which epochs it was saved. */
final class EpochModel implements FittedModel {

    private final List<Integer> saved = new ArrayList<>();
    private int epoch;
    private @Nullable Integer restored;
    /** Keras's optimizers keep it so. */
    private float learningRate;

    private boolean isStopped;

    void epoch(int value) {
        epoch = value;
    }

    /** The epoch whose weights were put back; null where none were. */
    @Nullable
    Integer restored() {
        return restored;
    }

    List<Integer> saved() {
        return saved;
    }

    @Override
    public Sequential model() {
        throw new UnsupportedOperationException("it has one weight, and no layer");
    }

    @Override
    public long iterations() {
        throw new UnsupportedOperationException("it knows epochs only");
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void learningRate(double rate) {
        learningRate = (float) rate;
    }

    @Override
    public void stopTraining() {
        isStopped = true;
    }

    @Override
    public boolean isStopped() {
        return isStopped;
    }

    @Override
    public List<Tensor> getWeights() {
        return List.of(Tensor.of(new int[0], epoch));
    }

    @Override
    public FittedModel setWeights(List<Tensor> weights) {
        restored = (int) weights.get(0).values()[0];
        return this;
    }

    @Override
    public void save(String path) {
        saved.add(epoch);
    }

    @Override
    public void saveWeights(String path) {
        saved.add(epoch);
    }

    @Override
    public void loadWeights(String path) {
        throw new UnsupportedOperationException(path);
    }

    @Override
    public @Nullable Boolean isHigherBetter(String log) {
        try {
            return Metric.of(log.startsWith("val_") ? log.substring("val_".length()) : log)
                    .isHigherBetter();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

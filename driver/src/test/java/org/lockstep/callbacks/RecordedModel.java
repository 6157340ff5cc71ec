package org.lockstep.callbacks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Tensor;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** A model that remembers what callbacks did to it; its one weight is what the test says. */
final class RecordedModel implements FittedModel {

    final List<String> calls = new ArrayList<>();
    float weight;
    private float rate;
    private boolean isStopped;

    RecordedModel(double rate) {
        this.rate = (float) rate;
    }

    @Override
    public Model model() {
        return Sequential.of(Input.of(1), Dense.of(1).useBias(false));
    }

    @Override
    public long iterations() {
        return 0;
    }

    @Override
    public double learningRate() {
        return rate;
    }

    @Override
    public void learningRate(double value) {
        rate = (float) value;
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
        return List.of(Tensor.of(new int[] {1}, weight));
    }

    @Override
    public FittedModel setWeights(List<Tensor> weights) {
        weight = weights.get(0).values()[0];
        calls.add("setWeights " + weight);
        return this;
    }

    @Override
    public void save(String path) {
        calls.add("save " + path);
    }

    @Override
    public void saveWeights(String path) {
        calls.add("saveWeights " + path);
    }

    @Override
    public void loadWeights(String path) {
        calls.add("loadWeights " + path);
    }

    @Override
    public @Nullable Boolean isHigherBetter(String log) {
        return log.endsWith("accuracy") ? Boolean.TRUE : null;
    }
}

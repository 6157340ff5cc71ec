package org.lockstep.driver;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.FittedModel;
import org.lockstep.data.Tensor;
import org.lockstep.driver.checkpoint.Checkpoint;
import org.lockstep.driver.checkpoint.Resumable;
import org.lockstep.driver.checkpoint.RunIdentity;

/** The model as callbacks see it: with the checkpoints of the fit that goes on. */
record ModelInTraining(SparkModel model, Checkpoints checkpoints) implements FittedModel, Resumable {

    @Override
    public RunIdentity identity() {
        return checkpoints.identity();
    }

    @Override
    public void keep(Consumer<Checkpoint> keeper) {
        checkpoints.keep(keeper);
    }

    @Override
    public void resumeFrom(Checkpoint checkpoint) {
        checkpoints.resumeFrom(checkpoint);
    }

    @Override
    public double learningRate() {
        return model.learningRate();
    }

    @Override
    public void learningRate(double rate) {
        model.learningRate(rate);
    }

    @Override
    public void stopTraining() {
        model.stopTraining();
    }

    @Override
    public boolean isStopped() {
        return model.isStopped();
    }

    @Override
    public List<Tensor> getWeights() {
        return model.getWeights();
    }

    @Override
    public FittedModel setWeights(List<Tensor> weights) {
        model.setWeights(weights);
        return this;
    }

    @Override
    public void save(String path) {
        model.save(path);
    }

    @Override
    public void saveWeights(String path) {
        model.saveWeights(path);
    }

    @Override
    public void loadWeights(String path) {
        model.loadWeights(path);
    }

    @Override
    public @Nullable Boolean isHigherBetter(String log) {
        return model.isHigherBetter(log);
    }
}

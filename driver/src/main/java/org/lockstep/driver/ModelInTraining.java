package org.lockstep.driver;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.FittedModel;
import org.lockstep.data.Tensor;
import org.lockstep.driver.checkpoint.Checkpoint;
import org.lockstep.driver.checkpoint.Resumable;
import org.lockstep.driver.checkpoint.RunIdentity;
import org.lockstep.model.Model;

/** The model as callbacks see it: with the checkpoints of the fit that goes on. */
record ModelInTraining(SparkModel trained, Checkpoints checkpoints) implements FittedModel, Resumable {

    @Override
    public Model model() {
        return trained.model();
    }

    @Override
    public long iterations() {
        return trained.iterations();
    }

    @Override
    public RunIdentity identity() {
        return checkpoints.identity();
    }

    @Override
    public void keep(Consumer<Checkpoint> keeper) {
        checkpoints.keep(keeper);
    }

    @Override
    public void keepPoints(Consumer<Checkpoint> keeper) {
        checkpoints.keepPoints(keeper);
    }

    @Override
    public void resumeFrom(Checkpoint checkpoint) {
        checkpoints.resumeFrom(checkpoint);
    }

    @Override
    public double learningRate() {
        return trained.learningRate();
    }

    @Override
    public void learningRate(double rate) {
        trained.learningRate(rate);
    }

    @Override
    public void stopTraining() {
        trained.stopTraining();
    }

    @Override
    public boolean isStopped() {
        return trained.isStopped();
    }

    @Override
    public List<Tensor> getWeights() {
        return trained.getWeights();
    }

    @Override
    public FittedModel setWeights(List<Tensor> weights) {
        trained.setWeights(weights);
        return this;
    }

    @Override
    public void save(String path) {
        trained.save(path);
    }

    @Override
    public void saveWeights(String path) {
        trained.saveWeights(path);
    }

    @Override
    public void loadWeights(String path) {
        trained.loadWeights(path);
    }

    @Override
    public @Nullable Boolean isHigherBetter(String log) {
        return trained.isHigherBetter(log);
    }
}

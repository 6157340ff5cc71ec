package org.lockstep.callbacks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Tensor;
import org.lockstep.model.Model;

/** What a callback may do with the model in training: Keras's {@code self.model}. */
public interface FittedModel {

    /** The model as a value: its layers, without their weights. */
    Model model();

    /** Updates so far: Keras's {@code optimizer.iterations}. */
    long iterations();

    /** The learning rate of the next update: where the optimizer has a schedule, what that gives. */
    double learningRate();

    /**
     * Sets it.
     *
     * @throws IllegalStateException where the optimizer has a schedule
     */
    void learningRate(double rate);

    /** Ends training after this step, or after this epoch where the callback does not hear of steps. */
    void stopTraining();

    /** Whether {@link #stopTraining} was called in this fit. */
    boolean isStopped();

    /** All variables, layer by layer, in Keras's layouts. */
    List<Tensor> getWeights();

    FittedModel setWeights(List<Tensor> weights);

    /** Writes a {@code .keras} file, or a {@code .h5} file of Keras's older format. */
    void save(String path);

    /** Writes a {@code .weights.h5} file. */
    void saveWeights(String path);

    void loadWeights(String path);

    /**
     * Which way a log is better: true for metrics such as accuracy, false for losses, null where nobody knows.
     *
     * @param log a name such as {@code val_accuracy}
     */
    @Nullable
    Boolean isHigherBetter(String log);
}

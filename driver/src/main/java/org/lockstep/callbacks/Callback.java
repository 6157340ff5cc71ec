package org.lockstep.callbacks;

import java.util.Map;

/**
 * Hears of a run's events, on the driver, in this order:
 *
 * <pre>
 * onTrainBegin
 *   for each epoch: onEpochBegin
 *     for each step: onTrainBatchBegin, onTrainBatchEnd
 *     validation:    onTestBegin, onTestEnd
 *   onEpochEnd
 * onTrainEnd
 * </pre>
 *
 * <p>Epochs and batches count from 0. Batch hooks hear of a step after it is done. All callbacks of an event share one map
 * of logs.
 */
public interface Callback {

    /** Told once, before the first epoch. */
    default void onTrainBegin(RunParams params) {}

    /** Told with the logs of the last epoch; empty where none ran. */
    default void onTrainEnd(Map<String, Double> logs) {}

    default void onEpochBegin(int epoch) {}

    /** Told with the epoch's logs, validation included. */
    default void onEpochEnd(int epoch, Map<String, Double> logs) {}

    default void onTrainBatchBegin(int batch) {}

    /** Told with the epoch's running values. */
    default void onTrainBatchEnd(int batch, Map<String, Double> logs) {}

    default void onTestBegin() {}

    default void onTestEnd(Map<String, Double> logs) {}
}

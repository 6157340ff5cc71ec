package org.lockstep.executor.worker;

import java.io.Serializable;
import java.util.Map;

/**
 * Keras's {@code class_weight} for a run.
 *
 * @param weights class numbers to the weights of their losses; 1 for others
 * @param withSampleWeights whether it multiplies sample weights, as in tf.keras, or is refused beside them, as in Keras 3
 */
public record ClassWeighting(Map<Integer, Double> weights, boolean withSampleWeights) implements Serializable {}

package org.lockstep.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * The share of samples whose class is among the k largest predictions: fewer than k are larger than its own.
 *
 * @param sparse whether labels are class numbers, not one-hot
 */
public record TopK(boolean sparse, int k, String name) implements Metric {

    private static final int DEFAULT_K = 5;

    public TopK {
        if (k < 1) {
            throw new IllegalArgumentException("Invalid `k`: must be positive. Received: " + k);
        }
    }

    /** Keras's {@code TopKCategoricalAccuracy} or, of class numbers, {@code SparseTopKCategoricalAccuracy}, with k = 5. */
    public static TopK of(boolean sparse) {
        return new TopK(sparse, DEFAULT_K, sparse ? "sparse_top_k_categorical_accuracy" : "top_k_categorical_accuracy");
    }

    /** The same metric of so many predictions. */
    public TopK k(int value) {
        return new TopK(sparse, value, name);
    }

    @Override
    public TopK name(String value) {
        return new TopK(sparse, k, value);
    }

    @Override
    public Boolean isHigherBetter() {
        return true;
    }

    @Override
    public String className() {
        return sparse ? "SparseTopKCategoricalAccuracy" : "TopKCategoricalAccuracy";
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name).with("dtype", "float32").with("k", k).asMap();
    }
}

package org.lockstep.metrics;

import org.lockstep.keras.KerasObject;

/** A metric: a mean over the samples of an epoch, reported under the name the user typed. */
public sealed interface Metric extends KerasObject permits Accuracy, TopK {

    /** Keras's metric of that name. */
    static Metric of(String name) {
        return switch (name) {
            case "accuracy", "acc" -> new Accuracy(Accuracy.Kind.BY_SHAPE, name);
            case "binary_accuracy", "BinaryAccuracy" -> new Accuracy(Accuracy.Kind.BINARY, "binary_accuracy");
            case "categorical_accuracy", "CategoricalAccuracy" ->
                new Accuracy(Accuracy.Kind.CATEGORICAL, "categorical_accuracy");
            case "sparse_categorical_accuracy", "SparseCategoricalAccuracy" ->
                new Accuracy(Accuracy.Kind.SPARSE_CATEGORICAL, "sparse_categorical_accuracy");
            case "top_k_categorical_accuracy", "TopKCategoricalAccuracy" -> TopK.of(false);
            case "sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy" -> TopK.of(true);
            default -> throw new IllegalArgumentException("Could not interpret metric identifier: " + name);
        };
    }

    /** The key in logs and history. */
    String name();

    /** How many numbers it is made of, which are added up over samples: at first their values, then their weights. */
    default int numbers() {
        return 2;
    }

    /**
     * Its value, 0 where nothing was counted: here the mean.
     *
     * @param from where its numbers begin
     */
    default double result(double[] numbers, int from) {
        return numbers[from + 1] == 0 ? 0 : numbers[from] / numbers[from + 1];
    }

    /** Which way is better, where a callback has to know. */
    boolean isHigherBetter();

    @Override
    default String module() {
        return "keras.metrics";
    }
}

package org.lockstep.losses;

import org.lockstep.keras.KerasObject;

/**
 * A loss: one value per sample position, weighted where there are sample weights, and over all positions of the global batch
 * made into what its {@link Reduction} says.
 */
public sealed interface Loss extends KerasObject
        permits CategoricalCrossentropy,
                SparseCategoricalCrossentropy,
                BinaryCrossentropy,
                CategoricalFocalCrossentropy,
                BinaryFocalCrossentropy,
                MeanSquaredError,
                Huber,
                SimpleLoss {

    /** Keras's. */
    Reduction DEFAULT_REDUCTION = Reduction.SUM_OVER_BATCH_SIZE;

    /** Keras's loss of that name with its defaults. */
    static Loss of(String name) {
        return switch (name) {
            case "categorical_crossentropy", "CategoricalCrossentropy" -> CategoricalCrossentropy.of();
            case "sparse_categorical_crossentropy", "SparseCategoricalCrossentropy" ->
                SparseCategoricalCrossentropy.of();
            case "binary_crossentropy", "BinaryCrossentropy", "bce", "BCE" -> BinaryCrossentropy.of();
            case "binary_focal_crossentropy", "BinaryFocalCrossentropy" -> BinaryFocalCrossentropy.of();
            case "categorical_focal_crossentropy", "CategoricalFocalCrossentropy" -> CategoricalFocalCrossentropy.of();
            case "mean_squared_error", "MeanSquaredError", "mse", "MSE" -> MeanSquaredError.of();
            case "huber", "Huber" -> Huber.of();
            default -> {
                SimpleLoss simple = SimpleLoss.called(name);
                if (simple == null) {
                    throw new IllegalArgumentException("Could not interpret loss identifier: " + name);
                }
                yield simple;
            }
        };
    }

    /** The snake_case name by which Keras's {@code compile} knows it. */
    String name();

    Reduction reduction();

    /** The same loss with another reduction. */
    Loss reduction(Reduction value);

    @Override
    default String module() {
        return "keras.losses";
    }

    @Override
    default String className() {
        return getClass().getSimpleName();
    }

    /** Refuses a label smoothing outside [0, 1]. */
    static void checkSmoothing(double labelSmoothing) {
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw new IllegalArgumentException(
                    "Invalid `label_smoothing`: must be in [0, 1]. Received: " + labelSmoothing);
        }
    }
}

package org.lockstep.conf;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When and on how much a fit validates.
 *
 * @param split the fraction of the training samples, from their end, that is held out; used where no validation data are given
 * @param steps batches of a validation; null takes all
 * @param batchSize samples of a batch; null takes that of training
 * @param every validates after each so many epochs
 * @param epochs validates after these epochs, 1-based; null goes by {@code every}
 */
public record ValidationConf(
        double split,
        @Nullable Integer steps,
        @Nullable Integer batchSize,
        int every,
        @Nullable List<Integer> epochs) implements Serializable {

    public ValidationConf {
        if (!(split >= 0 && split < 1)) {
            throw new IllegalArgumentException("Invalid `validation_split`: must be in [0, 1). Received: " + split);
        }
        FitConf.positive("validation_steps", steps);
        FitConf.positive("validation_batch_size", batchSize);
        if (every < 1) {
            throw new IllegalArgumentException("`validation_freq` can not be less than 1. Received: " + every);
        }
        epochs = epochs == null ? null : List.copyOf(epochs);
    }

    /** Keras's defaults. */
    public static ValidationConf of() {
        return new ValidationConf(0, null, null, 1, null);
    }

    /**
     * Whether there is a validation after an epoch.
     *
     * @param epoch 0-based
     */
    public boolean isDue(int epoch) {
        return epochs == null ? (epoch + 1) % every == 0 : epochs.contains(epoch + 1);
    }
}

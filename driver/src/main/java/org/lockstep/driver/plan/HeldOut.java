package org.lockstep.driver.plan;

import org.jspecify.annotations.Nullable;
import org.lockstep.data.DataSource;
import org.lockstep.data.TrainingData;

/** What a fit trains on and what it holds out. */
public record HeldOut(TrainingData training, @Nullable TrainingData validation) {

    /**
     * The given validation data, or else the last fraction of the training samples, taken before they are shuffled.
     *
     * @param split the fraction, in [0, 1)
     */
    public static HeldOut of(Version version, TrainingData data, @Nullable TrainingData validation, double split) {
        if (validation != null || split == 0) {
            return new HeldOut(data, validation);
        }
        if (!(data instanceof DataSource source)) {
            String words = version == Version.KERAS3
                    ? "Argument `validation_split` is only supported for tensors or NumPy arrays. Found incompatible"
                            + " type in the input: [%s]. A DataSource, whose samples are counted, is supported too"
                    : "`validation_split` is only supported for Tensors or NumPy arrays, found following types in the"
                            + " input: [%s]. A DataSource, whose samples are counted, is supported too";
            throw new IllegalArgumentException(words.formatted(data.getClass().getName()));
        }
        long samples = source.samples();
        long kept = (long) Math.floor(samples * (1 - split));
        if (kept == 0 || kept == samples) {
            throw new IllegalArgumentException(
                    "Training data contains %d samples, which is not sufficient to split it into".formatted(samples)
                            + " a validation and training set as specified by `validation_split=%s`.".formatted(split)
                            + " Either provide more data, or a different value for the `validation_split` argument.");
        }
        return new HeldOut(source.take(kept), source.skip(kept));
    }
}

package org.lockstep.losses;

import java.util.Arrays;

/** Keras's {@code reduction}: what the losses v of a global batch's positions, with weights w, are made into. */
public enum Reduction {
    /** Σ w v divided by the number of positions. */
    SUM_OVER_BATCH_SIZE("sum_over_batch_size"),
    /** The same by its other name. */
    MEAN("mean"),
    /** Σ w v. */
    SUM("sum"),
    /** Σ w v / Σ w, and 0 where Σ w is; without weights the mean. */
    MEAN_WITH_SAMPLE_WEIGHT("mean_with_sample_weight"),
    /** Each w v by itself: training descends along their sum and logs their mean, as Keras does on TensorFlow. */
    NONE("none");

    private final String kerasName;

    Reduction(String kerasName) {
        this.kerasName = kerasName;
    }

    /** The reduction of Keras's name. */
    public static Reduction of(String name) {
        for (Reduction reduction : values()) {
            if (reduction.kerasName.equals(name)) {
                return reduction;
            }
        }
        throw new IllegalArgumentException(
                "Invalid value for argument `reduction`. Expected one of %s. Received: reduction=%s"
                        .formatted(
                                Arrays.stream(values())
                                        .map(Reduction::kerasName)
                                        .toList(),
                                name));
    }

    public String kerasName() {
        return kerasName;
    }

    /** Whether it divides by the number of positions. */
    public boolean isMean() {
        return this == SUM_OVER_BATCH_SIZE || this == MEAN;
    }

    /** Whether the gradient is that of the plain sum. */
    public boolean isSum() {
        return this == SUM || this == NONE;
    }
}

package org.lockstep.driver.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.FitConf;
import org.lockstep.data.BatchGenerator;
import org.lockstep.data.TrainingData;

/** Keras's rules for arguments that do not go together. */
public final class FitRules {

    private FitRules() {}

    /** Refuses what the version of Keras refuses. */
    public static void check(Version version, FitConf fit, TrainingData data, @Nullable TrainingData validation) {
        Map<Integer, Double> weights = fit.classWeight();
        if (version == Version.KERAS3) {
            if (weights != null && data instanceof BatchGenerator) {
                throw new IllegalArgumentException("`class_weight` is not supported for Python generator inputs."
                        + " Received: class_weight=" + weights);
            }
            return;
        }
        if (data instanceof BatchGenerator && fit.stepsPerEpoch() == null) {
            throw new IllegalArgumentException("`steps_per_epoch=None` is only valid for a generator based on the"
                    + " `keras.utils.Sequence` class. Please specify `steps_per_epoch` or use the"
                    + " `keras.utils.Sequence` class.");
        }
        if (validation instanceof BatchGenerator && fit.validation().steps() == null) {
            throw new IllegalArgumentException("`validation_steps=None` is only valid for a generator based on the"
                    + " `keras.utils.Sequence` class. Please specify `validation_steps` or use the"
                    + " `keras.utils.Sequence` class.");
        }
        if (weights != null) {
            checkKeys(weights);
        }
    }

    private static void checkKeys(Map<Integer, Double> weights) {
        for (int number = 0; number < weights.size(); number++) {
            if (!weights.containsKey(number)) {
                throw new IllegalArgumentException("Expected `class_weight` to be a dict with keys from 0 to one less"
                        + " than the number of classes, found " + weights);
            }
        }
    }
}

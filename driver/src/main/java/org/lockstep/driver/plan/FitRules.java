package org.lockstep.driver.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.FitConf;
import org.lockstep.data.BatchGenerator;
import org.lockstep.data.DataSource;
import org.lockstep.data.TrainingData;

/** Keras's rules for arguments that do not go together. */
public final class FitRules {

    private static final String NOT_REPEATABLE =
            "The %s data come from a generator that is not repeatable: when this run"
                    + " is resumed, or one of its tasks moves, it will not be the same to the bit";

    private FitRules() {}

    /** Refuses what the version of Keras refuses. */
    public static void check(Version version, FitConf fit, TrainingData data, @Nullable TrainingData validation) {
        Map<Integer, Double> weights = fit.classWeight();
        checkBatchSize(fit, data, validation);
        checkValidationBatchSize(fit, validation);
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
        if (weights != null) {
            checkKeys(weights);
        }
    }

    /** Refuses what an evaluation would not use. */
    public static void checkEvaluation(FitConf fit, TrainingData data) {
        checkBatchSize(fit, data, null);
        checkValidationBatchSize(fit, data);
    }

    /** Samples are only counted out of a DataSource; a validation takes the size of training where it has none of its own. */
    private static void checkBatchSize(FitConf fit, TrainingData data, @Nullable TrainingData validation) {
        boolean isForValidation =
                validation instanceof DataSource && fit.validation().batchSize() == null;
        if (!(data instanceof DataSource) && !isForValidation) {
            refuse("batch_size", fit.batchSize(), data);
        }
    }

    private static void checkValidationBatchSize(FitConf fit, @Nullable TrainingData validation) {
        if (validation != null && !(validation instanceof DataSource)) {
            refuse("validation_batch_size", fit.validation().batchSize(), validation);
        }
    }

    private static void refuse(String name, @Nullable Integer given, TrainingData data) {
        if (given != null) {
            throw new IllegalArgumentException(
                    "The `%s` argument must not be specified for the given input type. Received input: %s, %s: %d"
                            .formatted(name, data.getClass().getName(), name, given));
        }
    }

    /** What the version of Keras does, and what generators that cannot be made anew cost, where a user may not expect it. */
    public static List<String> warnings(Version version, FitConf fit, HeldOut parts) {
        List<String> warnings = new ArrayList<>();
        if (parts.training() instanceof BatchGenerator training && !training.isRepeatable()) {
            warnings.add(NOT_REPEATABLE.formatted("training"));
        }
        if (parts.validation() instanceof BatchGenerator validation && !validation.isRepeatable()) {
            warnings.add(NOT_REPEATABLE.formatted("validation"));
        }
        if (version == Version.TFKERAS215) {
            if (fit.stepsPerEpoch() != null && fit.stepsPerEpoch() == FitConf.ENDLESS) {
                warnings.add("The training loop will run indefinitely since you have set `steps_per_epoch=-1`. Please"
                        + " use batch-level callbacks to save checkpoints or log training progress, etc");
            }
            boolean isDrained = parts.validation() instanceof BatchGenerator
                    && fit.validation().steps() == null;
            if (isDrained && fit.epochs() - fit.initialEpoch() > 1) {
                warnings.add("Your input ran out of data: without `validation_steps` the first validation draws the"
                        + " generator to its end, and the later ones have no batches: they log 0");
            }
        }
        return warnings;
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

package org.lockstep.conf;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of Keras's {@code fit} and {@code fit_generator} that are numbers and switches.
 *
 * @param batchSize samples of a global batch, over all shards; null takes {@link #DEFAULT_BATCH_SIZE}. User-written
 *     sequences and generators bring their own batches, and it must be null
 * @param epochs the epoch before which training ends, not a count from {@code initialEpoch}
 * @param initialEpoch the first epoch, 0-based
 * @param stepsPerEpoch batches of an epoch; null takes all there are, {@link #ENDLESS} goes on until there are no more
 * @param shuffle whether each pass over the data has an order of its own
 * @param classWeight class numbers to the weights of their losses in training; null weighs none
 * @param seed what all of the run's randomness hangs on
 */
public record FitConf(
        @Nullable Integer batchSize,
        int epochs,
        int initialEpoch,
        @Nullable Integer stepsPerEpoch,
        boolean shuffle,
        Verbose verbose,
        @Nullable Map<Integer, Double> classWeight,
        ValidationConf validation,
        InputConf input,
        long seed)
        implements Serializable {

    /** Keras's, for samples that are counted. */
    public static final int DEFAULT_BATCH_SIZE = 32;

    /** {@code steps_per_epoch} of an epoch that nobody counts. */
    public static final int ENDLESS = -1;

    public FitConf {
        positive("batch_size", batchSize);
        if (epochs < 0) {
            throw new IllegalArgumentException("Invalid `epochs`: must not be negative. Received: " + epochs);
        }
        if (stepsPerEpoch != null && stepsPerEpoch == 0) {
            throw new IllegalArgumentException("Unexpected value for `steps_per_epoch`. Received value is 0. Must be a"
                    + " positive integer, or -1 for an epoch without end");
        }
        if (stepsPerEpoch == null || stepsPerEpoch != ENDLESS) {
            positive("steps_per_epoch", stepsPerEpoch);
        }
        if (initialEpoch < 0) {
            throw new IllegalArgumentException(
                    "Invalid `initial_epoch`: must not be negative. Received: " + initialEpoch);
        }
        if (classWeight != null) {
            TreeMap<Integer, Double> sorted = new TreeMap<>(classWeight);
            sorted.forEach(FitConf::checkWeight);
            classWeight = sorted;
        }
    }

    /** Keras's defaults. */
    public static FitConf of() {
        return new FitConf(null, 1, 0, null, true, Verbose.AUTO, null, ValidationConf.of(), InputConf.of(), 0);
    }

    /** Samples of a global batch where the data leave them to be chosen. */
    public int samplesPerBatch() {
        return batchSize == null ? DEFAULT_BATCH_SIZE : batchSize;
    }

    public FitConf batchSize(@Nullable Integer value) {
        return new FitConf(
                value, epochs, initialEpoch, stepsPerEpoch, shuffle, verbose, classWeight, validation, input, seed);
    }

    public FitConf epochs(int value) {
        return new FitConf(
                batchSize, value, initialEpoch, stepsPerEpoch, shuffle, verbose, classWeight, validation, input, seed);
    }

    public FitConf initialEpoch(int value) {
        return new FitConf(
                batchSize, epochs, value, stepsPerEpoch, shuffle, verbose, classWeight, validation, input, seed);
    }

    public FitConf stepsPerEpoch(@Nullable Integer value) {
        return new FitConf(
                batchSize, epochs, initialEpoch, value, shuffle, verbose, classWeight, validation, input, seed);
    }

    public FitConf shuffle(boolean value) {
        return new FitConf(
                batchSize, epochs, initialEpoch, stepsPerEpoch, value, verbose, classWeight, validation, input, seed);
    }

    public FitConf verbose(Verbose value) {
        return new FitConf(
                batchSize, epochs, initialEpoch, stepsPerEpoch, shuffle, value, classWeight, validation, input, seed);
    }

    public FitConf classWeight(@Nullable Map<Integer, Double> value) {
        return new FitConf(
                batchSize, epochs, initialEpoch, stepsPerEpoch, shuffle, verbose, value, validation, input, seed);
    }

    public FitConf validation(ValidationConf value) {
        return new FitConf(
                batchSize, epochs, initialEpoch, stepsPerEpoch, shuffle, verbose, classWeight, value, input, seed);
    }

    public FitConf input(InputConf value) {
        return new FitConf(
                batchSize, epochs, initialEpoch, stepsPerEpoch, shuffle, verbose, classWeight, validation, value, seed);
    }

    public FitConf seed(long value) {
        return new FitConf(
                batchSize,
                epochs,
                initialEpoch,
                stepsPerEpoch,
                shuffle,
                verbose,
                classWeight,
                validation,
                input,
                value);
    }

    public FitConf validationSplit(double value) {
        ValidationConf v = validation;
        return validation(new ValidationConf(value, v.steps(), v.batchSize(), v.every(), v.epochs()));
    }

    public FitConf validationSteps(@Nullable Integer value) {
        ValidationConf v = validation;
        return validation(new ValidationConf(v.split(), value, v.batchSize(), v.every(), v.epochs()));
    }

    public FitConf validationBatchSize(@Nullable Integer value) {
        ValidationConf v = validation;
        return validation(new ValidationConf(v.split(), v.steps(), value, v.every(), v.epochs()));
    }

    public FitConf validationFreq(int every) {
        ValidationConf v = validation;
        return validation(new ValidationConf(v.split(), v.steps(), v.batchSize(), every, null));
    }

    /** Validates after these epochs, 1-based. */
    public FitConf validationFreq(List<Integer> epochs) {
        ValidationConf v = validation;
        return validation(new ValidationConf(v.split(), v.steps(), v.batchSize(), 1, epochs));
    }

    public FitConf maxQueueSize(int value) {
        return input(new InputConf(value, input.workers(), input.useMultiprocessing(), input.onChildCrash()));
    }

    public FitConf workers(int value) {
        return input(new InputConf(input.maxQueueSize(), value, input.useMultiprocessing(), input.onChildCrash()));
    }

    public FitConf useMultiprocessing(boolean value) {
        return input(new InputConf(input.maxQueueSize(), input.workers(), value, input.onChildCrash()));
    }

    /** What follows when a child process that makes batches dies; another takes over unless told otherwise. */
    public FitConf onChildCrash(CrashPolicy value) {
        return input(new InputConf(input.maxQueueSize(), input.workers(), input.useMultiprocessing(), value));
    }

    static void positive(String name, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(
                    "Invalid `%s`: must be a positive integer. Received: %d".formatted(name, value));
        }
    }

    private static void checkWeight(int number, double weight) {
        if (number < 0 || !Double.isFinite(weight)) {
            throw new IllegalArgumentException(
                    "Invalid `class_weight`: must be finite weights of class numbers from 0 on. Received: {%d: %s}"
                            .formatted(number, weight));
        }
    }
}

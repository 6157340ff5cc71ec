package org.lockstep.conf;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a run trains on, and what it validates on after each epoch.
 *
 * @param validation null where nothing is validated
 */
public record DataConf(Source train, @Nullable Source validation) implements Serializable {

    /** Samples of one kind. */
    public sealed interface Source extends Serializable permits Digits, Idx, ImageFolderConf, CifarConf {}

    public static DataConf of(Source train) {
        return new DataConf(train, null);
    }

    public DataConf validation(Source value) {
        return new DataConf(train, value);
    }

    /**
     * Digits drawn where they are needed, (28, 28, 1) each; sample i is a function of the seed and of i.
     *
     * @param seed of the drawings
     * @param skip samples before the first, so that parts of one seed are apart
     */
    public record Digits(long samples, long seed, long skip) implements Source {

        public Digits {
            if (samples < 1) {
                throw new IllegalArgumentException(
                        "Invalid `samples`: must be a positive integer. Received: " + samples);
            }
            notNegative("skip", skip);
        }

        public static Digits of(long samples) {
            return new Digits(samples, 0, 0);
        }

        public Digits seed(long value) {
            return new Digits(samples, value, skip);
        }

        public Digits skip(long value) {
            return new Digits(samples, seed, value);
        }
    }

    /**
     * Images and labels in two IDX files, gzip or plain, as MNIST comes.
     *
     * @param images a path or a Hadoop URI
     * @param labels a path or a Hadoop URI
     * @param classes labels must be below it; null leaves them unchecked
     * @param oneHot whether a label is a vector of {@code classes} numbers instead of one
     * @param skip samples before the first
     * @param take samples from there on; null takes all
     */
    public record Idx(
            String images,
            String labels,
            @Nullable Integer classes,
            boolean oneHot,
            long skip,
            @Nullable Long take) implements Source {

        public Idx {
            path("images", images);
            path("labels", labels);
            if (classes != null && (classes < 1 || classes > 256)) {
                throw new IllegalArgumentException("Invalid `classes`: must be in [1, 256]. Received: " + classes);
            }
            if (oneHot && classes == null) {
                throw new IllegalArgumentException("Invalid `one_hot`: needs `classes`. Received: True");
            }
            part(skip, take);
        }

        public static Idx of(String images, String labels) {
            return new Idx(images, labels, null, false, 0, null);
        }

        public Idx classes(int value) {
            return new Idx(images, labels, value, oneHot, skip, take);
        }

        public Idx oneHot(boolean value) {
            return new Idx(images, labels, classes, value, skip, take);
        }

        public Idx skip(long value) {
            return new Idx(images, labels, classes, oneHot, value, take);
        }

        public Idx take(long value) {
            return new Idx(images, labels, classes, oneHot, skip, value);
        }
    }

    static void path(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("Invalid `%s`: must be a path. Received: \"%s\"".formatted(name, value));
        }
    }

    /** Checks which samples of a source are meant. */
    static void part(long skip, @Nullable Long take) {
        notNegative("skip", skip);
        if (take != null && take < 1) {
            throw new IllegalArgumentException("Invalid `take`: must be a positive integer. Received: " + take);
        }
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "Invalid `%s`: must not be negative. Received: %d".formatted(name, value));
        }
    }
}

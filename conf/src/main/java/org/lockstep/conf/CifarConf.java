package org.lockstep.conf;

import java.util.List;

/**
 * CIFAR in its binary version.
 *
 * @param kind which of them, and which of its labels
 * @param files paths or Hadoop URIs, one after the other
 * @param oneHot whether a label is a vector of classes instead of one number
 */
public record CifarConf(Kind kind, List<String> files, boolean oneHot, ImageConf images) implements DataConf.Source {

    /** What a record's label is. */
    public enum Kind {
        /** One of 10 classes. */
        CIFAR10,
        /** One of CIFAR-100's 100 classes. */
        CIFAR100_FINE,
        /** One of CIFAR-100's 20 groups of classes. */
        CIFAR100_COARSE
    }

    public CifarConf {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("Invalid `files`: must name at least one file. Received: []");
        }
        files.forEach(file -> DataConf.path("files", file));
    }

    public static CifarConf of(Kind kind, List<String> files) {
        return new CifarConf(kind, files, false, ImageConf.of());
    }

    public CifarConf kind(Kind value) {
        return new CifarConf(value, files, oneHot, images);
    }

    public CifarConf oneHot(boolean value) {
        return new CifarConf(kind, files, value, images);
    }

    public CifarConf images(ImageConf value) {
        return new CifarConf(kind, files, oneHot, value);
    }
}

package org.lockstep.driver.cli;

import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CifarConf;
import org.lockstep.conf.DataConf;
import org.lockstep.conf.ImageFolderConf;
import org.lockstep.data.DataSource;
import org.lockstep.data.idx.IdxSource;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.layers.Shape;

/** The sources that job files name. */
final class Sources {

    private Sources() {}

    /**
     * A source's samples.
     *
     * @param input of the model, whose size images in files take where nothing else is said
     */
    static DataSource of(DataConf.Source source, Shape input) {
        if (source instanceof DataConf.Digits digits) {
            long end = Math.addExact(digits.skip(), digits.samples());
            return SyntheticDigits.of(end, digits.seed()).skip(digits.skip());
        }
        if (source instanceof ImageFolderConf folder) {
            return ImageSources.folder(folder, input);
        }
        if (source instanceof CifarConf cifar) {
            return ImageSources.cifar(cifar);
        }
        DataConf.Idx idx = (DataConf.Idx) source;
        DataSource all = labelled(IdxSource.of(idx.images(), idx.labels()), idx.classes(), idx.oneHot());
        return part(all, idx.images(), idx.skip(), idx.take());
    }

    private static IdxSource labelled(IdxSource source, @Nullable Integer classes, boolean oneHot) {
        if (classes == null) {
            return source;
        }
        return oneHot ? source.oneHot(classes) : source.classes(classes);
    }

    /** Samples of a source that is named so. */
    static DataSource part(DataSource all, String name, long skip, @Nullable Long take) {
        long samples = all.samples();
        if (skip >= samples || (take != null && take > samples - skip)) {
            throw new IllegalArgumentException(
                    "Invalid `skip` and `take`: %s has %d samples. Received: skip=%d, take=%s"
                            .formatted(name, samples, skip, take));
        }
        return all.range(skip, take == null ? samples : skip + take);
    }
}

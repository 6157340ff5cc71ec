package org.lockstep.driver.cli;

import org.jspecify.annotations.Nullable;
import org.lockstep.conf.DataConf;
import org.lockstep.data.DataSource;
import org.lockstep.data.idx.IdxSource;
import org.lockstep.data.synthetic.SyntheticDigits;

/** The sources that job files name. */
final class Sources {

    private Sources() {}

    static DataSource of(DataConf.Source source) {
        if (source instanceof DataConf.Digits digits) {
            long end = Math.addExact(digits.skip(), digits.samples());
            return SyntheticDigits.of(end, digits.seed()).skip(digits.skip());
        }
        DataConf.Idx idx = (DataConf.Idx) source;
        DataSource all = labelled(IdxSource.of(idx.images(), idx.labels()), idx.classes(), idx.oneHot());
        long samples = all.samples();
        Long take = idx.take();
        long end = take == null ? samples : idx.skip() + take;
        if (idx.skip() >= samples || end > samples) {
            throw new IllegalArgumentException(
                    "Invalid `skip` and `take`: %s has %d samples. Received: skip=%d, take=%s"
                            .formatted(idx.images(), samples, idx.skip(), take));
        }
        return all.range(idx.skip(), end);
    }

    private static IdxSource labelled(IdxSource source, @Nullable Integer classes, boolean oneHot) {
        if (classes == null) {
            return source;
        }
        return oneHot ? source.oneHot(classes) : source.classes(classes);
    }
}

package org.lockstep.conf;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the images of a source before they are samples; null leaves the source's own default.
 *
 * @param scale what takes a byte of a pixel to a number, such as 0.00392156862745098
 * @param flip Keras's mode of {@code RandomFlip}; null flips none
 * @param cropPadding pixels of zeros around an image, out of which it is cut at random; null cuts none
 * @param onBadRecord fail or skip
 * @param maxBadShare the share of records that may be skipped, in [0, 1]
 * @param skip samples before the first
 * @param take samples from there on; null takes all
 */
public record ImageConf(
        @Nullable Double scale,
        @Nullable String flip,
        @Nullable Integer cropPadding,
        @Nullable String onBadRecord,
        @Nullable Double maxBadShare,
        long skip,
        @Nullable Long take)
        implements Serializable {

    public ImageConf {
        if (maxBadShare != null && !"skip".equals(onBadRecord)) {
            throw new IllegalArgumentException(
                    "Invalid `max_bad_share`: needs `on_bad_record: skip`. Received: " + maxBadShare);
        }
        DataConf.part(skip, take);
    }

    public static ImageConf of() {
        return new ImageConf(null, null, null, null, null, 0, null);
    }

    public ImageConf scale(double value) {
        return new ImageConf(value, flip, cropPadding, onBadRecord, maxBadShare, skip, take);
    }

    public ImageConf flip(String value) {
        return new ImageConf(scale, value, cropPadding, onBadRecord, maxBadShare, skip, take);
    }

    public ImageConf cropPadding(int value) {
        return new ImageConf(scale, flip, value, onBadRecord, maxBadShare, skip, take);
    }

    public ImageConf onBadRecord(String value) {
        return new ImageConf(scale, flip, cropPadding, value, maxBadShare, skip, take);
    }

    public ImageConf maxBadShare(double value) {
        return new ImageConf(scale, flip, cropPadding, onBadRecord, value, skip, take);
    }

    public ImageConf skip(long value) {
        return new ImageConf(scale, flip, cropPadding, onBadRecord, maxBadShare, value, take);
    }

    public ImageConf take(long value) {
        return new ImageConf(scale, flip, cropPadding, onBadRecord, maxBadShare, skip, value);
    }
}

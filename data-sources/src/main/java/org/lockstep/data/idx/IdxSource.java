package org.lockstep.data.idx;

import java.util.List;
import org.lockstep.data.BadDataException;
import org.lockstep.data.BadRecordLimit;
import org.lockstep.data.BadRecordRule;
import org.lockstep.data.BadRecords;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.Labels;
import org.lockstep.data.Loaded;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.Samples;
import org.lockstep.data.storage.StoredFile;

/**
 * Images and labels in two IDX files of unsigned bytes.
 *
 * <p>x of a sample is (rows, columns, 1), or (rows, columns, channels) for images with a fourth dimension, each value
 * times {@link #scale}. y is the label as one number, or with {@link #oneHot} a vector of classes.
 *
 * <p>Headers are read here, at once; contents where a shard is opened.
 */
public final class IdxSource implements IndexedSource {

    private static final long serialVersionUID = 1;
    private static final float DEFAULT_SCALE = 1f / 255;
    private static final int MAX_CLASSES = 256;

    private final StoredFile images;
    private final StoredFile labels;
    private final int[] sampleShape;
    private final int samples;
    private final float scale;
    /** 0: labels are not checked. */
    private final int classes;

    private final boolean oneHot;
    private final BadRecordRule rule;

    private record Counted(StoredFile.Version labels, int classes, BadRecordRule rule) {}

    private IdxSource(
            StoredFile images,
            StoredFile labels,
            int[] sampleShape,
            int samples,
            float scale,
            int classes,
            boolean oneHot,
            BadRecordRule rule) {
        this.images = images;
        this.labels = labels;
        this.sampleShape = sampleShape;
        this.samples = samples;
        this.scale = scale;
        this.classes = classes;
        this.oneHot = oneHot;
        this.rule = rule;
    }

    /**
     * The samples of two files, each a plain path or a Hadoop URI, gzip or not.
     *
     * @throws BadDataException if a header is wrong or the files do not belong together
     */
    public static IdxSource of(String images, String labels) {
        StoredFile imageFile = StoredFile.of(images);
        StoredFile labelFile = StoredFile.of(labels);
        IdxHeader image = IdxHeader.of(imageFile);
        IdxHeader label = IdxHeader.of(labelFile);
        check(imageFile, image, labelFile, label);
        List<Integer> dimensions = image.dimensions();
        int channels = image.rank() == 4 ? dimensions.get(3) : 1;
        int[] shape = {dimensions.get(1), dimensions.get(2), channels};
        return new IdxSource(imageFile, labelFile, shape, image.records(), DEFAULT_SCALE, 0, false, BadRecordRule.FAIL);
    }

    /** The factor that takes a byte to a value of x; 1/255 unless set. */
    public IdxSource scale(float scale) {
        if (!Float.isFinite(scale) || scale == 0) {
            throw new IllegalArgumentException(
                    "Invalid `scale`: must be a finite number other than 0. Received: " + scale);
        }
        return new IdxSource(images, labels, sampleShape, samples, scale, classes, oneHot, rule);
    }

    /** Refuses labels outside [0, classes): when the files are opened, unless {@link #onBadRecord} says to skip them. */
    public IdxSource classes(int classes) {
        return new IdxSource(images, labels, sampleShape, samples, scale, agreed("classes", classes), oneHot, rule);
    }

    /** Gives y as a vector of this many classes, 1 at the label and 0 elsewhere; refuses labels outside [0, classes). */
    public IdxSource oneHot(int classes) {
        return new IdxSource(images, labels, sampleShape, samples, scale, agreed("oneHot", classes), true, rule);
    }

    /**
     * What happens to records whose label is none of {@link #classes} or {@link #oneHot}; FAIL and 0.01 unless set. Where
     * neither is set, all labels are good.
     *
     * @param maxShare of all records of this source, how many may be skipped, in [0, 1], over all executors
     */
    public IdxSource onBadRecord(OnBadRecord action, double maxShare) {
        BadRecordRule changed = new BadRecordRule(action, maxShare);
        return new IdxSource(images, labels, sampleShape, samples, scale, classes, oneHot, changed);
    }

    @Override
    public BadRecordLimit badRecordLimit() {
        return new BadRecordLimit(labels.toString(), samples, rule);
    }

    @Override
    public int[] sampleShape() {
        return sampleShape.clone();
    }

    @Override
    public long samples() {
        return samples;
    }

    @Override
    public String fingerprint() {
        return "%s and %s, scale %s, %s%d classes"
                .formatted(images.fingerprint(), labels.fingerprint(), scale, oneHot ? "one-hot " : "", classes);
    }

    @Override
    public Samples openSamples() {
        IdxContent image = IdxContent.of(images);
        IdxContent label = IdxContent.of(labels);
        check(images, image.header(), labels, label.header());
        if (image.header().records() != samples || image.header().recordSize(images) != sampleSize()) {
            throw new BadDataException("Cannot read " + images + ": its header changed since the run was set up: now "
                    + image.header().dimensions());
        }
        IdxSamples opened = new IdxSamples(
                image,
                new IdxLabels(labels, label, classes, oneHot ? Labels.oneHot(classes) : Labels.number()),
                sampleShape,
                scale,
                badRecords());
        if (rule.action() == OnBadRecord.FAIL) {
            opened.checkLabels();
        }
        return opened;
    }

    private BadRecords badRecords() {
        Counted key = new Counted(labels.version(), classes, rule);
        return Loaded.of(key, BadRecords.class, () -> new BadRecords(badRecordLimit()));
    }

    @Override
    public String toString() {
        return "IdxSource(" + images + ", " + labels + ")";
    }

    private int sampleSize() {
        return sampleShape[0] * sampleShape[1] * sampleShape[2];
    }

    private int agreed(String option, int value) {
        if (value < 1 || value > MAX_CLASSES) {
            throw new IllegalArgumentException(
                    "Invalid `" + option + "`: must be in [1, " + MAX_CLASSES + "]. Received: " + value);
        }
        if (classes > 0 && classes != value) {
            throw new IllegalArgumentException("Invalid `" + option + "`: the number of classes was already set to "
                    + classes + ". Received: " + value);
        }
        return value;
    }

    private static void check(StoredFile images, IdxHeader image, StoredFile labels, IdxHeader label) {
        if (image.rank() != 3 && image.rank() != 4) {
            throw BadDataException.at(
                    images.toString(),
                    "offset 3",
                    "images must have 3 dimensions (images, rows, columns) or 4 (and channels). Received: "
                            + image.rank() + " dimensions " + image.dimensions());
        }
        image.recordSize(images);
        if (label.rank() != 1) {
            throw BadDataException.at(
                    labels.toString(),
                    "offset 3",
                    "labels must have 1 dimension. Received: " + label.rank() + " dimensions " + label.dimensions());
        }
        if (image.records() != label.records()) {
            throw BadDataException.at(
                    labels.toString(),
                    "offset 4",
                    "there must be one label for each of the " + image.records() + " images of " + images
                            + ". Received: " + label.records() + " labels");
        }
    }
}

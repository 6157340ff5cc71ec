package org.lockstep.data.cifar;

import java.util.ArrayList;
import java.util.Arrays;
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
 * CIFAR-10 or CIFAR-100 in its binary version: {@code data_batch_1.bin} and so on, {@code train.bin}, {@code test.bin}.
 *
 * <p>x of a sample is (32, 32, 3), red, green and blue in [0, 255] unless {@link #scale} is set; it travels as bytes. y is the
 * label as one number, or with {@link #oneHot} a vector of classes.
 *
 * <p>Files are plain paths or Hadoop URIs, gzip or not. They are read and checked here and where a shard is opened, and kept
 * in memory as long as there is enough.
 */
public final class CifarSource implements IndexedSource {

    private static final long serialVersionUID = 1;

    private final List<StoredFile> files;
    private final List<Integer> records;
    private final CifarKind kind;
    private final Labels labels;
    private final float scale;
    private final BadRecordRule rule;

    private record Counted(CifarKind kind, List<StoredFile.Version> files, BadRecordRule rule) {}

    private CifarSource(
            List<StoredFile> files,
            List<Integer> records,
            CifarKind kind,
            Labels labels,
            float scale,
            BadRecordRule rule) {
        this.files = files;
        this.records = records;
        this.kind = kind;
        this.labels = labels;
        this.scale = scale;
        this.rule = rule;
    }

    /** The images of CIFAR-10 in these files, one after the other; labels in [0, 10). */
    public static CifarSource cifar10(String... files) {
        return of(CifarKind.CIFAR10, files);
    }

    /** The images of CIFAR-100 with their fine labels, in [0, 100). */
    public static CifarSource cifar100(String... files) {
        return of(CifarKind.CIFAR100_FINE, files);
    }

    /** The images of CIFAR-100 with their coarse labels, in [0, 20). */
    public static CifarSource cifar100Coarse(String... files) {
        return of(CifarKind.CIFAR100_COARSE, files);
    }

    private static CifarSource of(CifarKind kind, String... paths) {
        if (paths.length == 0) {
            throw new IllegalArgumentException("Invalid `files`: must name at least one file. Received: []");
        }
        List<StoredFile> files = new ArrayList<>();
        List<Integer> records = new ArrayList<>();
        for (String path : paths) {
            StoredFile file = StoredFile.of(path);
            files.add(file);
            records.add(CifarFile.of(file, kind).records());
        }
        long samples = records.stream().mapToLong(Integer::longValue).sum();
        if (samples > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Invalid `files`: must have fewer than 2^31 records together. Received: " + samples);
        }
        return new CifarSource(List.copyOf(files), List.copyOf(records), kind, Labels.number(), 1, BadRecordRule.FAIL);
    }

    /** The factor that takes a byte to a value of x, such as 1f / 255; 1 unless set. */
    public CifarSource scale(float scale) {
        if (!Float.isFinite(scale) || scale == 0) {
            throw new IllegalArgumentException(
                    "Invalid `scale`: must be a finite number other than 0. Received: " + scale);
        }
        return new CifarSource(files, records, kind, labels, scale, rule);
    }

    /** Gives y as a vector of classes, 1 at the label and 0 elsewhere. */
    public CifarSource oneHot() {
        return new CifarSource(files, records, kind, Labels.oneHot(kind.classes()), scale, rule);
    }

    /**
     * What happens to records whose label is no class; FAIL and 0.01 unless set.
     *
     * @param maxShare of all records of this source, how many may be skipped, in [0, 1], over all executors
     */
    public CifarSource onBadRecord(OnBadRecord action, double maxShare) {
        return new CifarSource(files, records, kind, labels, scale, new BadRecordRule(action, maxShare));
    }

    @Override
    public String fingerprint() {
        List<String> each = files.stream().map(StoredFile::fingerprint).toList();
        return "%s, %s, %s, scale %s, %s".formatted(each, kind, labels, scale, rule);
    }

    @Override
    public int[] sampleShape() {
        return new int[] {CifarKind.SIDE, CifarKind.SIDE, CifarKind.CHANNELS};
    }

    @Override
    public long samples() {
        return records.stream().mapToLong(Integer::longValue).sum();
    }

    @Override
    public BadRecordLimit badRecordLimit() {
        return new BadRecordLimit(files.toString(), samples(), rule);
    }

    @Override
    public Samples openSamples() {
        List<CifarFile> contents = new ArrayList<>();
        int[] starts = new int[files.size()];
        int start = 0;
        for (int i = 0; i < starts.length; i++) {
            CifarFile content = CifarFile.of(files.get(i), kind);
            if (content.records() != records.get(i)) {
                throw new BadDataException("Cannot read " + files.get(i) + ": it had " + records.get(i)
                        + " records when the run was set up. Received: " + content.records());
            }
            contents.add(content);
            starts[i] = start;
            start += content.records();
        }
        List<StoredFile.Version> versions =
                files.stream().map(StoredFile::version).toList();
        BadRecords bad =
                Loaded.of(new Counted(kind, versions, rule), BadRecords.class, () -> new BadRecords(badRecordLimit()));
        return new CifarSamples(contents, starts, start, labels, scale, bad);
    }

    @Override
    public String toString() {
        return "CifarSource(" + Arrays.toString(files.toArray()) + ")";
    }
}

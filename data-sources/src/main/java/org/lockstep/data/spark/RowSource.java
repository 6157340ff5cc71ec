package org.lockstep.data.spark;

import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadRecordLimit;
import org.lockstep.data.BadRecordRule;
import org.lockstep.data.Digest;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.Samples;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.report.SkippedRecords;

/**
 * Rows of a Dataset or an RDD, in the order of partitions and, in them, of rows.
 *
 * <p>A Spark job writes each partition as a file on the disk of the executor that computes it; rows never come to the
 * driver. A reader copies the files whose rows it wants to its own executor's disk, checks their SHA-256, and has any row
 * at once: for a global shuffle, every executor comes to hold them all.
 *
 * <p>Files lost with an executor are computed again by {@link #prepare}, and must have the bytes they had. So computing the
 * rows twice must give the same rows in the same order: what comes out of a shuffle ({@code repartition},
 * {@code groupBy}) comes in the order in which its parts arrive, unless each partition is sorted
 * ({@code sortWithinPartitions}).
 *
 * <p>The files are deleted by {@link #close}, and when Spark finds that nobody has the source any more.
 */
public final class RowSource implements IndexedSource, AutoCloseable {

    private static final long serialVersionUID = 1;

    private final RecordFormat format;
    private final int rdd;
    /** Those that hold rows. */
    private final List<WrittenFile> files;

    private final long rows;
    private final SkippedRecords skipped;
    private final BadRecordLimit limit;
    /** Does not travel. */
    private final transient @Nullable ShardFiles hold;

    private RowSource(RecordFormat format, ShardFiles hold, BadRecordRule rule) {
        this.format = format;
        this.rdd = hold.rdd();
        this.hold = hold;
        List<WrittenFile> written = hold.write();
        this.files = written.stream().filter(file -> format.rows(file) > 0).toList();
        this.rows = format.starts(files)[files.size()];
        this.skipped = skipped(written);
        this.limit = new BadRecordLimit("the rows of RowSource " + rdd, rows + skipped.count(), rule);
        try {
            if (skipped.count() > 0) {
                limit.check(skipped.count(), skipped.first().get(0), null);
            }
            if (rows == 0) {
                throw new IllegalArgumentException("Invalid `rows`: there must be at least one. Received: "
                        + (skipped.count() == 0 ? "none" : skipped.count() + " bad ones"));
            }
        } catch (RuntimeException e) {
            hold.remove();
            throw e;
        }
    }

    private static SkippedRecords skipped(List<WrittenFile> written) {
        SkippedRecords all = SkippedRecords.NONE;
        for (WrittenFile file : written) {
            all = all.plus(new SkippedRecords(file.tail().skipped(), file.tail().names()));
        }
        return all;
    }

    /**
     * Writes the rows of a Dataset, by a Spark job that ends before this returns.
     *
     * @param layout of x floats, unless the column of x holds binary values: then of bytes, divided by 255 where the layout
     *     sets no other scale
     * @throws IllegalArgumentException if a column does not exist or is of a type that cannot be what it should be
     * @throws org.lockstep.data.BadDataException if a row has a null, a wrong number of values, or a value that is not
     *     finite or not a class
     */
    public static RowSource of(Dataset<?> rows, RowColumns columns, RowLayout layout) {
        return of(rows, columns, layout, BadRecordRule.FAIL);
    }

    /**
     * The same, with a rule for bad rows: those with a null, a wrong number of values, or a value that is not finite or not
     * a class. They are left out when rows are written; {@link #alreadySkipped} lists them.
     */
    public static RowSource of(Dataset<?> rows, RowColumns columns, RowLayout layout, BadRecordRule onBadRecord) {
        ColumnDecoder decoder = ColumnDecoder.of(rows.schema(), columns, layout);
        return written(columns.select(rows), decoder, decoder.format(), onBadRecord);
    }

    /**
     * Writes the rows of an RDD, by a Spark job that ends before this returns.
     *
     * @param decoder makes a sample of a row, on executors
     * @throws org.lockstep.data.BadDataException if the decoder fails or its sample does not fit the layout
     */
    public static <T> RowSource of(JavaRDD<T> rows, RowLayout layout, Function<T, Sample> decoder) {
        return of(rows, layout, decoder, BadRecordRule.FAIL);
    }

    /**
     * The same, with a rule for bad rows: those at which the decoder fails, or whose sample does not fit the layout. They
     * are left out when rows are written; {@link #alreadySkipped} lists them. The decoder must fail for the same rows when
     * they are computed again.
     */
    public static <T> RowSource of(
            JavaRDD<T> rows, RowLayout layout, Function<T, Sample> decoder, BadRecordRule onBadRecord) {
        return written(rows, decoder, RecordFormat.of(layout), onBadRecord);
    }

    private static <T> RowSource written(
            JavaRDD<T> rows, Function<T, Sample> decoder, RecordFormat format, BadRecordRule onBadRecord) {
        String encryption = "spark.io.encryption.enabled";
        if (rows.context().getConf().getBoolean(encryption, false)) {
            throw new NotSupportedException("Cannot keep rows in shard files with " + encryption
                    + ": the readers' copies would not be encrypted");
        }
        return new RowSource(format, ShardFiles.of(rows, decoder, format, onBadRecord.action()), onBadRecord);
    }

    @Override
    public int[] sampleShape() {
        return format.layout().xDimensions();
    }

    @Override
    public long samples() {
        return rows;
    }

    /** Of all rows, in their partitions. */
    @Override
    public String fingerprint() {
        return "rows " + Digest.of(files.stream().map(WrittenFile::sha256).toList());
    }

    @Override
    public BadRecordLimit badRecordLimit() {
        return limit;
    }

    @Override
    public SkippedRecords alreadySkipped() {
        return skipped;
    }

    @Override
    public Samples openSamples() {
        if (SparkEnv.get() == null) {
            throw new NotSupportedException(
                    "Cannot read shard files with `use_multiprocessing=True`: the executor keeps"
                            + " them, and a child process is none. Use threads: `use_multiprocessing=False`");
        }
        return new RowSamples(new Blocks(rdd), format, files);
    }

    /**
     * Computes again the files that no executor has any more.
     *
     * @throws IllegalStateException if a file is not what it was, as the rows are not the same when computed again; if the
     *     source was closed; or on a copy that travelled
     */
    @Override
    public void prepare() {
        hold().rebuild(files);
    }

    /** Deletes the files on all executors; copies in use last as long as their readers. */
    @Override
    public void close() {
        hold().remove();
    }

    private ShardFiles hold() {
        if (hold == null) {
            throw new IllegalStateException("Cannot prepare or close " + this + " here: only where it was made");
        }
        return hold;
    }

    @Override
    public String toString() {
        return "RowSource(" + rows + " rows in " + files.size() + " shard files)";
    }
}

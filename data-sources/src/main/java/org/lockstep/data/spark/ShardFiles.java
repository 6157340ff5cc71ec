package org.lockstep.data.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.storage.StorageLevel;
import org.lockstep.data.BadDataException;
import org.lockstep.data.OnBadRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver's hold on shard files: one for each partition, kept by Spark on the disks of executors. */
final class ShardFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ShardFiles.class);
    private static final String DESCRIPTION = "spark.job.description";

    private final JavaRDD<byte[]> pieces;
    private final JavaSparkContext spark;
    private boolean isRemoved;

    /** Plans files of some rows; nothing is written yet. */
    static <T> ShardFiles of(
            JavaRDD<T> rows, Function<T, Sample> decoder, RecordFormat format, OnBadRecord onBadRecord) {
        return new ShardFiles(rows.mapPartitionsWithIndex(
                (partition, partitionRows) -> new Chunks<>(partition, partitionRows, decoder, format, onBadRecord),
                true));
    }

    private ShardFiles(JavaRDD<byte[]> pieces) {
        this.pieces = pieces.setName("Lockstep shard files").persist(StorageLevel.DISK_ONLY());
        this.spark = JavaSparkContext.fromSparkContext(pieces.context());
    }

    /** Under which Spark keeps them. */
    int rdd() {
        return pieces.id();
    }

    /** Writes all files; the result is in their order. */
    List<WrittenFile> write() {
        try {
            return compute(IntStream.range(0, pieces.getNumPartitions()).toArray());
        } catch (RuntimeException e) {
            remove();
            throw e;
        }
    }

    /**
     * Computes files again that no executor has.
     *
     * @throws IllegalStateException if one is not what it was
     */
    void rebuild(List<WrittenFile> files) {
        if (isRemoved) {
            throw new IllegalStateException("Cannot read rows: their shard files were removed, the source is closed");
        }
        Blocks blocks = new Blocks(rdd());
        List<WrittenFile> missing = blocks.missing(files);
        if (missing.isEmpty()) {
            return;
        }
        List<WrittenFile> found =
                compute(missing.stream().mapToInt(WrittenFile::file).toArray());
        for (int i = 0; i < missing.size(); i++) {
            WrittenFile before = missing.get(i);
            if (!found.get(i).equals(before)) {
                blocks.forget(before.file());
                throw new IllegalStateException("Cannot rebuild shard file " + before.file() + ": its checksum "
                        + found.get(i).sha256() + " differs from the first one, " + before.sha256()
                        + ": the rows are not the same when computed again");
            }
        }
        LOG.info(
                "{} of {} shard files were lost, and computed again with the checksums that they had",
                missing.size(),
                files.size());
    }

    /** Deletes all files. */
    void remove() {
        isRemoved = true;
        if (!spark.sc().isStopped()) {
            pieces.unpersist(true);
        }
    }

    private List<WrittenFile> compute(int[] files) {
        String noun = files.length == 1 ? " shard file" : " shard files";
        List<byte[]>[] sums = described(
                "rows: " + files.length + noun,
                () -> pieces.mapPartitions(
                                partition -> List.of(WrittenFile.sum(partition)).iterator())
                        .collectPartitions(files));
        List<WrittenFile> written = new ArrayList<>();
        for (int i = 0; i < files.length; i++) {
            written.add(WrittenFile.of(files[i], sums[i].get(0)));
        }
        return written;
    }

    /** Runs a job under a description; of its failure, broken rows are the cause that counts. */
    private <T> T described(String description, Supplier<T> job) {
        String before = spark.getLocalProperty(DESCRIPTION);
        spark.setLocalProperty(DESCRIPTION, description);
        try {
            return job.get();
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BadDataException) {
                    throw new BadDataException(String.valueOf(cause.getMessage()), e);
                }
            }
            throw new IllegalStateException("Cannot write rows as shard files: " + e.getMessage(), e);
        } finally {
            spark.setLocalProperty(DESCRIPTION, before);
        }
    }
}

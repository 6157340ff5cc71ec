package org.lockstep.data;

import org.lockstep.report.SkippedRecords;

/**
 * Samples that can be divided among shards: a description, never an open file, so it may travel and be kept.
 *
 * <p>In every epoch, the shards' batches for one {@link BatchOrder} together hold each sample exactly once, whatever
 * the number of samples, the batch size and the number of shards.
 */
public interface DataSource extends TrainingData {

    /** The shape of one sample's x, such as (28, 28, 1). */
    int[] sampleShape();

    /** The number of samples. */
    long samples();

    @Override
    default Long batches(BatchOrder order, int shards) {
        return -Math.floorDiv(-samples(), (long) order.batchSize());
    }

    /** 1: every global batch is cut into a part for each shard. */
    @Override
    default int batchesPerUpdate(int shards) {
        return 1;
    }

    /**
     * These samples for a model whose input has this shape: images whose size nobody has named get the model's. The same
     * source where its samples have a shape of their own.
     *
     * @param input the shape of one sample, such as (224, 224, 3); −1 where the model takes any size
     */
    default DataSource sizedFor(int... input) {
        return this;
    }

    /** How many bad records may be left out of batches; of a part of a source, those of the whole. None by default. */
    default BadRecordLimit badRecordLimit() {
        return BadRecordLimit.NONE;
    }

    /**
     * The bad records that were left out before any batch is made; of a part of a source, those of the whole. None by
     * default.
     */
    default SkippedRecords alreadySkipped() {
        return SkippedRecords.NONE;
    }

    /** The samples [from, to) as a source of their own. */
    DataSource range(long from, long to);

    /** The first samples as a source of their own. */
    default DataSource take(long count) {
        return range(0, count);
    }

    /** All but the first samples as a source of their own. */
    default DataSource skip(long count) {
        return range(count, samples());
    }
}

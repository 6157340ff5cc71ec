package org.lockstep.data;

import java.util.List;

/**
 * A source whose samples can be read in any order; what a format has to give. Shards, batches, shuffling and ranges
 * follow from it: see {@link IndexedShard}.
 */
public interface IndexedSource extends DataSource {

    /**
     * Opens all samples, on the machine that reads them.
     *
     * @throws BadDataException if they cannot be read
     */
    Samples openSamples();

    @Override
    default IndexedSource sizedFor(int... input) {
        return this;
    }

    @Override
    default Shard shard(int shard, int shards) {
        return new IndexedShard(this, shard, shards);
    }

    @Override
    default IndexedSource range(long from, long to) {
        return new SampleRange(this, from, to);
    }

    @Override
    default IndexedSource take(long count) {
        return range(0, count);
    }

    @Override
    default IndexedSource skip(long count) {
        return range(count, samples());
    }

    /**
     * These samples, their x changed anew in every epoch, such as by {@code RandomFlip.horizontal()}. What is drawn depends on
     * the run's seed, the epoch and the sample's place in the source alone: not on shards, batches or threads. For training
     * data: validation data that are augmented stay so in each evaluation.
     *
     * @param steps applied in order
     */
    default IndexedSource augment(Augmentation... steps) {
        return new AugmentedSource(this, List.of(steps));
    }
}

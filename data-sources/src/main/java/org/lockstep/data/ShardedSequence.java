package org.lockstep.data;

/**
 * A {@link Sequence} for each shard: what belongs to a partition and is read only there. Batch i of shard s counts as
 * batch i · S + s of the whole; a shard whose sequence is shorter than the others' joins its last updates with no samples.
 */
@FunctionalInterface
public interface ShardedSequence extends TrainingData {

    /**
     * The sequence of a shard; also asked for on the driver, which needs its length.
     *
     * @param shard in [0, shards)
     */
    Sequence open(int shard, int shards);

    @Override
    default Shard shard(int shard, int shards) {
        return new SequenceShard(this, shard, shards);
    }

    /** The longest sequence's length times the number of shards. */
    @Override
    default Long batches(BatchOrder order, int shards) {
        long longest = 0;
        for (int shard = 0; shard < shards; shard++) {
            try (Sequence sequence = open(shard, shards)) {
                longest = Math.max(longest, sequence.length());
            }
        }
        return longest * shards;
    }
}

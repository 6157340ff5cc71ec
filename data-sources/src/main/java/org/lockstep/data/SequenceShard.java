package org.lockstep.data;

/**
 * One shard's part of user-written sequences.
 *
 * @param data a {@link Sequence}, of which shard s has the batches s, s + S, …, or a {@link ShardedSequence}
 */
record SequenceShard(TrainingData data, int index, int shards) implements Shard {

    @Override
    public Feed open(BatchOrder order) {
        return new SequenceFeed(this, order);
    }

    /** A fresh copy of the shard's sequence. */
    Sequence sequence() {
        return data instanceof ShardedSequence sharded
                ? Copies.of(sharded).open(index, shards)
                : (Sequence) Copies.of(data);
    }

    /** Where the sequence has a batch of the whole. */
    int place(long batch) {
        return Math.toIntExact(data instanceof ShardedSequence ? batch / shards : batch);
    }

    /** What sets shuffled orders apart: sharded sequences have an order each. */
    int orderKey() {
        return data instanceof ShardedSequence ? index + 1 : 0;
    }
}

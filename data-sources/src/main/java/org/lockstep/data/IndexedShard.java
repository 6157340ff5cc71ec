package org.lockstep.data;

/**
 * One shard of a source whose samples can be read in any order.
 *
 * <p>With N samples, global batch size B and S shards, an epoch has ceil(N / B) steps. The order is 0..N-1, or with
 * {@link BatchOrder#shuffle} a permutation that depends on seed and epoch alone. Step t takes the samples [t B, min(N, (t
 * + 1) B)) of the order, and of these b samples shard s takes [floor(b s / S), floor(b (s + 1) / S)): perhaps none.
 * Bad records that are skipped leave their places empty: all others stay in the batches they are in without.
 *
 * @param source what is divided
 * @param index this shard's number, in [0, shards)
 * @param shards the number of shards
 */
public record IndexedShard(IndexedSource source, int index, int shards) implements Shard {

    public IndexedShard {
        if (shards < 1) {
            throw new IllegalArgumentException("Invalid `shards`: must be a positive integer. Received: " + shards);
        }
        if (index < 0 || index >= shards) {
            throw new IllegalArgumentException(
                    "Invalid `shard`: must be in [0, shards) with shards=" + shards + ". Received: " + index);
        }
    }

    @Override
    public void prepare() {
        source.prepare();
    }

    @Override
    public Feed open(BatchOrder order) {
        return new IndexedFeed(source.openSamples(), index, shards, order);
    }
}

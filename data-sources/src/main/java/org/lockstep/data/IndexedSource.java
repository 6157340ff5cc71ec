package org.lockstep.data;

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
    default Shard shard(int shard, int shards) {
        return new IndexedShard(this, shard, shards);
    }

    @Override
    default DataSource range(long from, long to) {
        return new SampleRange(this, from, to);
    }
}

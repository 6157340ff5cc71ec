package org.lockstep.data;

import java.util.Iterator;

/** One stream of batches, dealt out to the shards by index. */
record DealtGenerator(BatchGenerator.Stream stream) implements BatchGenerator {

    @Override
    public Iterator<Batch> iterator(int shard, int shards, long seed, int epoch) {
        return new DealtIterator(stream.iterator(seed, epoch), shard, shards);
    }

    @Override
    public boolean isRepeatable() {
        return stream.isRepeatable();
    }
}

package org.lockstep.data;

/** One shard of a user-written generator. */
record GeneratorShard(BatchGenerator generator, int index, int shards) implements Shard {

    @Override
    public Feed open(BatchOrder order) {
        return new GeneratorFeed(this, order);
    }
}

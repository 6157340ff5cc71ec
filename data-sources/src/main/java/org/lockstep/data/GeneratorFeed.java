package org.lockstep.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One shard's batches of a user-written generator: drawn in order; for a place before, made anew and skipped. The first
 * batches are kept, as Keras keeps those it has peeked at.
 */
final class GeneratorFeed implements Feed {

    private static final System.Logger LOG = System.getLogger(GeneratorFeed.class.getName());

    /** How many of the whole generator's first batches Keras 3 draws before training, and gives again. */
    public static final int PEEKED = 2;

    private final GeneratorShard shard;
    private final BatchOrder order;
    private final List<Batch> first = new ArrayList<>();
    private Iterator<Batch> iterator;
    private long drawn;

    GeneratorFeed(GeneratorShard shard, BatchOrder order) {
        this.shard = shard;
        this.order = order;
        this.iterator = begin();
    }

    private Iterator<Batch> begin() {
        drawn = 0;
        return Copies.of(shard.generator()).iterator(shard.index(), shard.shards(), order.seed(), order.initialEpoch());
    }

    @Override
    public boolean isRandomAccess() {
        return false;
    }

    @Override
    public Batch get(Window window, int step) {
        long batch = window.batch(step, shard.index(), shard.shards());
        if (batch < 0) {
            return Batch.NONE;
        }
        long place = batch / shard.shards();
        if (place < first.size()) {
            return first.get((int) place);
        }
        if (place < drawn) {
            DealtIterator.end(iterator);
            iterator = begin();
        }
        while (drawn < place) {
            if (draw().size() == 0) {
                return Batch.NONE;
            }
        }
        return draw();
    }

    @Override
    public String describe(Window window, int step) {
        long batch = window.batch(step, shard.index(), shard.shards());
        return batch < 0 ? "" : name(batch);
    }

    private static String name(long batch) {
        return "batch %d of the generator".formatted(batch);
    }

    private Batch draw() {
        String name = name(drawn * shard.shards() + shard.index());
        if (!Given.hasMore(name, iterator)) {
            return Batch.NONE;
        }
        Batch batch = Given.at(name, iterator::next);
        keep(batch);
        drawn++;
        return batch;
    }

    private void keep(Batch batch) {
        if (drawn == first.size() && drawn * shard.shards() < PEEKED) {
            first.add(batch);
        } else if (drawn < first.size() && !first.get((int) drawn).equals(batch)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The generator gives other batches when it is made anew: a run that is resumed or moved will not be"
                            + " the same to the bit");
        }
    }

    @Override
    public void close() {
        DealtIterator.end(iterator);
    }
}

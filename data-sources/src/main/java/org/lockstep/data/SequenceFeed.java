package org.lockstep.data;

import org.jspecify.annotations.Nullable;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** One shard's batches of a user-written sequence. */
final class SequenceFeed implements Feed {

    private final SequenceShard shard;
    private final BatchOrder order;
    private Sequence sequence;
    private int nextEpoch;
    private volatile @Nullable Permutation permutation;

    private record Permutation(int epoch, int[] places) {}

    SequenceFeed(SequenceShard shard, BatchOrder order) {
        this.shard = shard;
        this.order = order;
        this.sequence = shard.sequence();
        this.nextEpoch = order.initialEpoch();
    }

    @Override
    public boolean isRandomAccess() {
        return true;
    }

    /** Begins an epoch; one that comes too early or late finds the sequence as after all epochs before it. */
    @Override
    public void onEpochBegin(int epoch) {
        if (epoch < nextEpoch) {
            sequence.close();
            sequence = shard.sequence();
            nextEpoch = Math.min(epoch, order.initialEpoch());
        }
        for (; nextEpoch < epoch; nextEpoch++) {
            sequence.onEpochBegin(nextEpoch);
            sequence.onEpochEnd();
        }
        sequence.onEpochBegin(epoch);
        nextEpoch = epoch + 1;
    }

    @Override
    public Batch get(Window window, int step) {
        long batch = window.batch(step, shard.index(), shard.shards());
        if (batch < 0) {
            return Batch.NONE;
        }
        int place = shard.place(batch);
        int length = sequence.length();
        if (place >= length) {
            return Batch.NONE;
        }
        int index = order.shuffle() ? places(window.order(), length)[place] : place;
        Batch found = sequence.get(index);
        if (found.size() == 0) {
            throw new BadDataException("Cannot use batch %d: it has no samples".formatted(index));
        }
        return found;
    }

    private int[] places(int epoch, int length) {
        Permutation known = permutation;
        if (known == null || known.epoch != epoch || known.places.length != length) {
            CounterRandom random = CounterRandom.of(order.seed(), Purpose.SHUFFLE, epoch, 0, shard.orderKey());
            known = new Permutation(epoch, random.permutation(length));
            permutation = known;
        }
        return known.places;
    }

    @Override
    public void onEpochEnd(int epoch) {
        sequence.onEpochEnd();
    }

    @Override
    public void close() {
        sequence.close();
    }
}

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
    private boolean rehearsed;
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
            rehearsed = false;
            nextEpoch = Math.min(epoch, order.initialEpoch());
        }
        rehearse();
        for (; nextEpoch < epoch; nextEpoch++) {
            begin(nextEpoch);
            sequence.onEpochEnd();
        }
        begin(epoch);
        nextEpoch = epoch + 1;
    }

    /** What comes before a copy's first epoch. */
    private void rehearse() {
        if (rehearsed || order.rehearsal() != Rehearsal.WHOLE) {
            return;
        }
        rehearsed = true;
        int epoch = order.initialEpoch();
        sequence.onEpochBegin(epoch);
        int length = sequence.length();
        if (length > 0) {
            batch(index(0, epoch, length));
        }
        sequence.onEpochEnd();
    }

    private void begin(int epoch) {
        if (order.rehearsal() == Rehearsal.END) {
            sequence.onEpochEnd();
        }
        sequence.onEpochBegin(epoch);
    }

    @Override
    public Batch get(Window window, int step) {
        int index = index(window, step);
        return index < 0 ? Batch.NONE : batch(index);
    }

    @Override
    public String describe(Window window, int step) {
        int index = index(window, step);
        return index < 0 ? "" : name(index);
    }

    private Batch batch(int index) {
        return Given.at(name(index), () -> sequence.get(index));
    }

    private static String name(int index) {
        return "index " + index;
    }

    /** The sequence's index of an update; negative where it has none. */
    private int index(Window window, int step) {
        long batch = window.batch(step, shard.index(), shard.shards());
        if (batch < 0) {
            return -1;
        }
        int place = shard.place(batch);
        int length = sequence.length();
        return place >= length ? -1 : index(place, window.order(), length);
    }

    private int index(int place, int epoch, int length) {
        return order.shuffle() ? places(epoch, length)[place] : place;
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

package org.lockstep.data;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** One shard's part of every global batch, as {@link IndexedShard} defines it. */
final class IndexedFeed implements Feed {

    private final Samples samples;
    private final int shard;
    private final int shards;
    private final BatchOrder order;
    private final long length;
    private final SkippedNames skipped = new SkippedNames();
    private volatile @Nullable Epoch epoch;

    /** An epoch's order: the identity where there is no permutation. */
    private static final class Epoch {

        final int number;
        private final int @Nullable [] permutation;

        Epoch(int number, int @Nullable [] permutation) {
            this.number = number;
            this.permutation = permutation;
        }

        long sample(long place) {
            return permutation == null ? place : permutation[(int) place];
        }
    }

    IndexedFeed(Samples samples, int shard, int shards, BatchOrder order) {
        this.samples = samples;
        this.shard = shard;
        this.shards = shards;
        this.order = order;
        long steps = (samples.count() + order.batchSize() - 1) / order.batchSize();
        if (steps > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Invalid `batch_size`: an epoch of " + samples.count()
                    + " samples must have fewer than 2^31 steps. Received: " + order.batchSize());
        }
        this.length = steps;
    }

    @Override
    public boolean isRandomAccess() {
        return true;
    }

    @Override
    public Batch get(Window window, int step) {
        long index = window.batch(step, 0, 1);
        if (index < 0 || index >= length) {
            return Batch.NONE;
        }
        Epoch current = orderOf(window.order());
        Samples now = samples.inEpoch(order.seed(), window.epoch());
        long start = index * order.batchSize();
        long global = Math.min(samples.count() - start, order.batchSize());
        long from = start + global * shard / shards;
        long to = start + global * (shard + 1) / shards;
        int size = (int) (to - from);
        Tensor x = samples.emptyX(size);
        Tensor y = samples.emptyY(size);
        float[] weights = new float[samples.weighted() ? size : 0];
        int filled = 0;
        for (int i = 0; i < size; i++) {
            long sample = current.sample(from + i);
            if (copy(now, sample, x, y, filled)) {
                if (samples.weighted()) {
                    weights[filled] = samples.weight(sample);
                }
                filled++;
            }
        }
        Batch whole = new Batch(x, y, samples.weighted() ? Tensor.of(new int[] {size}, weights) : null);
        return filled == size ? whole : whole.rows(0, filled);
    }

    /** Whether the sample could be read; else it is skipped. */
    private boolean copy(Samples now, long sample, Tensor x, Tensor y, int row) {
        try {
            now.copy(sample, x, y, row);
            return true;
        } catch (BadRecordException e) {
            samples.badRecords().skip(e);
            skipped.add(String.valueOf(e.getMessage()));
            return false;
        }
    }

    @Override
    public List<String> drainSkipped() {
        return skipped.drain();
    }

    private Epoch orderOf(int number) {
        Epoch known = epoch;
        if (known == null || known.number != number) {
            known = new Epoch(number, order.shuffle() ? permutation(number) : null);
            epoch = known;
        }
        return known;
    }

    private int[] permutation(int number) {
        if (samples.count() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("Invalid `shuffle`: fewer than 2^31 samples can be shuffled. Received: "
                    + samples.count() + " samples");
        }
        CounterRandom random = CounterRandom.of(order.seed(), Purpose.SHUFFLE, number, 0, 0);
        return random.permutation((int) samples.count());
    }
}

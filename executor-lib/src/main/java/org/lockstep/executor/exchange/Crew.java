package org.lockstep.executor.exchange;

import java.util.List;

/**
 * The executors of a network exchange and how many workers each has. Workers are numbered executor by executor, so that an
 * executor's workers own neighbouring shards and blocks.
 *
 * @param sizes workers of each executor, in the order of their ranks
 * @param deal shards of each worker; empty where they are dealt as evenly as can be
 */
public record Crew(List<Integer> sizes, List<Integer> deal) {

    /** A crew whose shards are dealt evenly. */
    public Crew(List<Integer> sizes) {
        this(sizes, List.of());
    }

    public Crew {
        sizes = List.copyOf(sizes);
        deal = List.copyOf(deal);
        if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "Invalid crew: every executor must have at least one worker. Received: " + sizes);
        }
        int workers = sizes.stream().mapToInt(Integer::intValue).sum();
        if (!deal.isEmpty() && (deal.size() != workers || deal.stream().anyMatch(shards -> shards < 0))) {
            throw new IllegalArgumentException(
                    "Invalid crew: %d workers must have shards. Received: %s".formatted(workers, deal));
        }
    }

    public int workers() {
        return first(sizes.size());
    }

    /** The number of an executor's first worker. */
    public int first(int rank) {
        return sizes.stream().limit(rank).mapToInt(Integer::intValue).sum();
    }

    /** The shards of all of an executor's workers. */
    public ShardRange shards(CanonicalTree tree, int rank) {
        return new ShardRange(
                owned(tree, first(rank)).from(),
                owned(tree, first(rank + 1) - 1).to());
    }

    /** The shards of one worker. */
    public ShardRange owned(CanonicalTree tree, int worker) {
        if (deal.isEmpty()) {
            return tree.owned(worker, workers());
        }
        int from = deal.stream().limit(worker).mapToInt(Integer::intValue).sum();
        return new ShardRange(from, from + deal.get(worker));
    }

    /** The first of a worker's blocks; the end of its predecessor's. */
    int block(int blocks, int worker) {
        return (int) ((long) blocks * worker / workers());
    }
}

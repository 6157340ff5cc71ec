package org.lockstep.executor.exchange;

import java.util.List;

/**
 * The executors of a network exchange and how many workers each has. Workers are numbered executor by executor, so that an
 * executor's workers own neighbouring shards and blocks.
 *
 * @param sizes workers of each executor, in the order of their ranks
 */
public record Crew(List<Integer> sizes) {

    public Crew {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "Invalid crew: every executor must have at least one worker. Received: " + sizes);
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
        int workers = workers();
        return new ShardRange(
                tree.owned(first(rank), workers).from(),
                tree.owned(first(rank + 1) - 1, workers).to());
    }

    /** The first of a worker's blocks; the end of its predecessor's. */
    int block(int blocks, int worker) {
        return (int) ((long) blocks * worker / workers());
    }
}

package org.lockstep.executor;

import java.io.Serializable;
import org.lockstep.data.Window;

/**
 * Where a run stands, and what else its next update depends on besides the {@link TrainState}'s numbers.
 *
 * @param window the data of the epoch that the next update belongs to
 * @param step of the next update, 0-based in the epoch; as many as the epoch has where only its end is still to come
 * @param seed that all of the run's randomness hangs on
 * @param shards of the run
 * @param batchSize samples of a global batch; 0 where the data make the batches
 * @param threads of each shard's network
 */
public record Cursor(Window window, int step, long seed, int shards, int batchSize, int threads)
        implements Serializable {

    public Cursor {
        check("step", step, 0);
        check("shards", shards, 1);
        check("batch_size", batchSize, 0);
        check("threads", threads, 1);
    }

    /** The epoch, 0-based. */
    public int epoch() {
        return window.epoch();
    }

    /** The same run at another place. */
    public Cursor at(Window newWindow, int newStep) {
        return new Cursor(newWindow, newStep, seed, shards, batchSize, threads);
    }

    void addTo(StateHash hash) {
        hash.add(window.epoch()).add(window.order()).add(window.replay());
        hash.add(window.from()).add(window.count());
        hash.add(step).add(seed).add(shards).add(batchSize).add(threads);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "Invalid `%s`: must be at least %d. Received: %d".formatted(name, least, value));
        }
    }
}

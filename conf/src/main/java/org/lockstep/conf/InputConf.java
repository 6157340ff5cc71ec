package org.lockstep.conf;

import java.io.Serializable;

/**
 * How batches are fetched ahead of training, for each shard.
 *
 * @param maxQueueSize batches in flight at most: those being made and those that wait
 * @param workers threads, or child processes of each executor, that make batches; 0 makes them in the training thread
 * @param useMultiprocessing whether batches are made in child processes
 * @param onChildCrash what follows when such a process dies
 */
public record InputConf(int maxQueueSize, int workers, boolean useMultiprocessing, CrashPolicy onChildCrash)
        implements Serializable {

    public InputConf {
        if (maxQueueSize < 1) {
            throw new IllegalArgumentException(
                    "Invalid `max_queue_size`: must be a positive integer. Received: " + maxQueueSize);
        }
        if (workers < 0) {
            throw new IllegalArgumentException("Invalid `workers`: must not be negative. Received: " + workers);
        }
    }

    /** Keras's three arguments; a child that dies is replaced. */
    public InputConf(int maxQueueSize, int workers, boolean useMultiprocessing) {
        this(maxQueueSize, workers, useMultiprocessing, CrashPolicy.RESTART);
    }

    /** Keras's defaults. */
    public static InputConf of() {
        return new InputConf(10, 1, false);
    }
}

package org.lockstep.conf;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a run uses its cluster.
 *
 * @param shards logical parts of the data, which with the seed decide the weights; null takes one for each task that
 *     Spark runs at once
 * @param engine what computes gradients
 * @param exchange how gradients are averaged
 * @param threadsPerShard threads that compute one shard's part of a step; they decide the last bits of the weights
 * @param acceptOtherKernels whether a resumed run may go on where gradients have other bits than before
 * @param network where the network exchange listens, and how often it can be recovered
 */
public record ClusterConf(
        @Nullable Integer shards,
        Engine engine,
        Exchange exchange,
        int threadsPerShard,
        boolean acceptOtherKernels,
        NetworkConf network)
        implements Serializable {

    /** What computes gradients. */
    public enum Engine {
        /** The model compiled into oneDNN primitives. */
        ONEDNN,
        /** The model as a Deeplearning4j network, the second opinion. */
        DL4J
    }

    /** How gradients are averaged. */
    public enum Exchange {
        /** Memory where the master is local; else network, or driver where that cannot be. */
        AUTO,
        /** Among the tasks of one barrier job, through shared memory: for local masters. */
        MEMORY,
        /** Among the tasks of one barrier job, from executor to executor: for clusters whose executors stay. */
        NETWORK,
        /** By a plain job per step, on the driver: for any cluster. */
        DRIVER
    }

    public ClusterConf {
        if (shards != null && shards < 1) {
            throw new IllegalArgumentException("Invalid `shards`: must be a positive integer. Received: " + shards);
        }
        if (threadsPerShard < 1) {
            throw new IllegalArgumentException(
                    "Invalid `threads_per_shard`: must be a positive integer. Received: " + threadsPerShard);
        }
    }

    public static ClusterConf of() {
        return new ClusterConf(null, Engine.ONEDNN, Exchange.AUTO, 1, false, NetworkConf.of());
    }

    public ClusterConf shards(int value) {
        return new ClusterConf(value, engine, exchange, threadsPerShard, acceptOtherKernels, network);
    }

    public ClusterConf engine(Engine value) {
        return new ClusterConf(shards, value, exchange, threadsPerShard, acceptOtherKernels, network);
    }

    public ClusterConf exchange(Exchange value) {
        return new ClusterConf(shards, engine, value, threadsPerShard, acceptOtherKernels, network);
    }

    public ClusterConf threadsPerShard(int value) {
        return new ClusterConf(shards, engine, exchange, value, acceptOtherKernels, network);
    }

    public ClusterConf acceptOtherKernels(boolean value) {
        return new ClusterConf(shards, engine, exchange, threadsPerShard, value, network);
    }

    public ClusterConf network(NetworkConf value) {
        return new ClusterConf(shards, engine, exchange, threadsPerShard, acceptOtherKernels, value);
    }
}

package org.lockstep.conf;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The network exchange's settings; none but {@code wire} changes a result.
 *
 * @param recoveryInterval seconds between the points that a training goes back to when an executor is lost; and, with every
 *     exchange, between those that are kept where checkpoints are
 * @param bindAddress what executors' ports bind to; null for the address that Spark knows each by
 * @param port the first port that an executor tries, of 16; 0 takes any
 * @param heartbeatTimeout seconds after which an executor that says nothing is replaced; pauses of its JVM must be shorter
 * @param wire the numbers that gradients travel as
 * @param sharedMemory whether executors of one machine pass gradients and weights through its memory; else, as to other
 *     machines, through the network
 */
public record NetworkConf(
        double recoveryInterval,
        @Nullable String bindAddress,
        int port,
        double heartbeatTimeout,
        Wire wire,
        boolean sharedMemory)
        implements Serializable {

    /** What gradients travel as from executor to executor; they are always added as float32, and weights travel so. */
    public enum Wire {
        FLOAT32,
        /** Rounded to the nearest, for half the bytes. The weights then hang on how many executors there are. */
        BFLOAT16
    }

    private static final int LAST_PORT = 65_535;
    private static final double SHORTEST_TIMEOUT = 0.5;
    private static final double LONGEST_TIMEOUT = 3600;
    /** A century, in seconds. */
    private static final double LONGEST_INTERVAL = 3.2e9;

    private static final double NANOS = 1e9;

    public NetworkConf {
        if (!(recoveryInterval > 0)) {
            throw new IllegalArgumentException(
                    "Invalid `recovery_interval`: must be a positive number of seconds. Received: " + recoveryInterval);
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException(
                    "Invalid `port`: must be 0 for any, or at most %d. Received: %d".formatted(LAST_PORT, port));
        }
        if (!(heartbeatTimeout >= SHORTEST_TIMEOUT && heartbeatTimeout <= LONGEST_TIMEOUT)) {
            throw new IllegalArgumentException(
                    "Invalid `heartbeat_timeout`: must be from %s to %s seconds. Received: %s"
                            .formatted(SHORTEST_TIMEOUT, LONGEST_TIMEOUT, heartbeatTimeout));
        }
    }

    /** The recovery interval; what is longer than any training is cut. */
    public Duration recoveryPeriod() {
        return Duration.ofNanos((long) (Math.min(recoveryInterval, LONGEST_INTERVAL) * NANOS));
    }

    public static NetworkConf of() {
        return new NetworkConf(60, null, 0, 3, Wire.FLOAT32, true);
    }

    public NetworkConf recoveryInterval(double seconds) {
        return new NetworkConf(seconds, bindAddress, port, heartbeatTimeout, wire, sharedMemory);
    }

    public NetworkConf bindAddress(String value) {
        return new NetworkConf(recoveryInterval, value, port, heartbeatTimeout, wire, sharedMemory);
    }

    public NetworkConf port(int value) {
        return new NetworkConf(recoveryInterval, bindAddress, value, heartbeatTimeout, wire, sharedMemory);
    }

    public NetworkConf heartbeatTimeout(double seconds) {
        return new NetworkConf(recoveryInterval, bindAddress, port, seconds, wire, sharedMemory);
    }

    public NetworkConf wire(Wire value) {
        return new NetworkConf(recoveryInterval, bindAddress, port, heartbeatTimeout, value, sharedMemory);
    }

    public NetworkConf sharedMemory(boolean value) {
        return new NetworkConf(recoveryInterval, bindAddress, port, heartbeatTimeout, wire, value);
    }
}

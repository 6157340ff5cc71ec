package org.lockstep.conf;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The network exchange's settings; none changes a result.
 *
 * @param recoveryInterval seconds between the points that a training goes back to when an executor is lost
 * @param bindAddress what executors' ports bind to; null for the address that Spark knows each by
 * @param port the first port that an executor tries, of 16; 0 takes any
 */
public record NetworkConf(double recoveryInterval, @Nullable String bindAddress, int port) implements Serializable {

    private static final int LAST_PORT = 65_535;

    public NetworkConf {
        if (!(recoveryInterval > 0)) {
            throw new IllegalArgumentException(
                    "Invalid `recovery_interval`: must be a positive number of seconds. Received: " + recoveryInterval);
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException(
                    "Invalid `port`: must be 0 for any, or at most %d. Received: %d".formatted(LAST_PORT, port));
        }
    }

    public static NetworkConf of() {
        return new NetworkConf(60, null, 0);
    }

    public NetworkConf recoveryInterval(double seconds) {
        return new NetworkConf(seconds, bindAddress, port);
    }

    public NetworkConf bindAddress(String value) {
        return new NetworkConf(recoveryInterval, value, port);
    }

    public NetworkConf port(int value) {
        return new NetworkConf(recoveryInterval, bindAddress, value);
    }
}

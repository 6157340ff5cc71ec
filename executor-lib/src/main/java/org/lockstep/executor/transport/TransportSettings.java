package org.lockstep.executor.transport;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import org.jspecify.annotations.Nullable;

/**
 * Where a JVM listens, and what Spark demands of its connections.
 *
 * @param host the address to bind to, which others connect to
 * @param port the first port to try; 0 takes any
 * @param spark Spark's own settings, of which those for authentication and encryption count
 * @param user for Spark's authentication
 * @param secrets of Spark's authentication; null where {@code spark.authenticate} is off
 * @param silence how long nothing may come over a link before it is closed
 * @param sharesMemory whether large bodies go through memory to an end on the same machine
 */
public record TransportSettings(
        String host,
        int port,
        Map<String, String> spark,
        String user,
        @Nullable SecretKeyHolder secrets,
        Duration silence,
        boolean sharesMemory) {

    /** Spark's own default, in bytes: messages are cut to it. */
    static final int SASL_BLOCK = 1 << 16;

    private static final String MODULE = "lockstep";
    /** Per JVM and direction; one thread moves some GB/s. */
    private static final String THREADS = "2";

    public TransportSettings {
        spark = Map.copyOf(spark);
    }

    /** Any port of an address, without Spark's authentication; an end may be silent for so long. */
    public static TransportSettings of(String host, Duration silence) {
        return new TransportSettings(host, 0, Map.of(), "", null, silence, true);
    }

    /** The same, but for whether memory is shared. */
    public TransportSettings sharesMemory(boolean value) {
        return new TransportSettings(host, port, spark, user, secrets, silence, value);
    }

    TransportConf conf() {
        Map<String, String> all = new HashMap<>(spark);
        all.put("spark.lockstep.io.mode", "NIO");
        all.put("spark.network.sasl.maxEncryptedBlockSize", SASL_BLOCK + "b");
        all.put("spark.lockstep.io.serverThreads", THREADS);
        all.put("spark.lockstep.io.clientThreads", THREADS);
        all.put("spark.lockstep.io.connectionCreationTimeout", Endpoint.PATIENCE.toSeconds() + "s");
        // Silence is the heartbeat's to judge; Spark's own limit must only be longer than any wait for an answer.
        all.put("spark.lockstep.io.connectionTimeout", "3600s");
        return new TransportConf(MODULE, new MapConfigProvider(all));
    }
}

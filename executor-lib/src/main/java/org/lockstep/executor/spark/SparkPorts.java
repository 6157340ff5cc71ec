package org.lockstep.executor.spark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.transport.TransportSettings;
import scala.Tuple2;

/** Ports of this JVM, as its Spark wants connections to be. */
public final class SparkPorts {

    private SparkPorts() {}

    /**
     * For a port of this JVM.
     *
     * @param bindAddress null for the address that Spark knows this JVM by
     * @param port the first to try; 0 takes any
     * @param silence how long nothing may come from another JVM
     * @param sharesMemory whether large bodies go through memory to a JVM on the same machine
     */
    public static TransportSettings settings(
            @Nullable String bindAddress, int port, Duration silence, boolean sharesMemory) {
        SparkEnv env = SparkEnv.get();
        Map<String, String> conf = new HashMap<>();
        for (Tuple2<String, String> setting : env.conf().getAll()) {
            conf.put(setting._1(), setting._2());
        }
        SecurityManager security = env.securityManager();
        String host = bindAddress == null ? env.blockManager().blockManagerId().host() : bindAddress;
        return new TransportSettings(
                host,
                port,
                conf,
                security.getSaslUser(),
                security.isAuthenticationEnabled() ? security : null,
                silence,
                sharesMemory);
    }
}

package org.lockstep.conf.json;

import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.NetworkConf;

/** The section {@code cluster} of a job file: Spark's master, null where it is not given, and the settings of the run. */
record JobCluster(@Nullable String master, ClusterConf cluster) {

    static JobCluster of(Arguments a) {
        String master = a.nullable("master", Value::text, null);
        ClusterConf cluster = ClusterConf.of();
        cluster = a.setUnlessNull(cluster, "shards", Value::integer, ClusterConf::shards);
        cluster = a.set(
                cluster,
                "engine",
                (name, value) -> Value.choice(name, value, ClusterConf.Engine.values()),
                ClusterConf::engine);
        cluster = a.set(
                cluster,
                "exchange",
                (name, value) -> Value.choice(name, value, ClusterConf.Exchange.values()),
                ClusterConf::exchange);
        cluster = a.set(cluster, "threads_per_shard", Value::integer, ClusterConf::threadsPerShard);
        cluster = a.set(cluster, "accept_other_kernels", Value::flag, ClusterConf::acceptOtherKernels);
        NetworkConf network = cluster.network();
        network = a.set(network, "recovery_interval", Value::number, NetworkConf::recoveryInterval);
        network = a.setUnlessNull(network, "bind_address", Value::text, NetworkConf::bindAddress);
        network = a.set(network, "port", Value::integer, NetworkConf::port);
        network = a.set(network, "heartbeat_timeout", Value::number, NetworkConf::heartbeatTimeout);
        network = a.set(
                network,
                "wire",
                (name, value) -> Value.choice(name, value, NetworkConf.Wire.values()),
                NetworkConf::wire);
        network = a.set(network, "shared_memory", Value::flag, NetworkConf::sharedMemory);
        cluster = cluster.network(network);
        a.end();
        return new JobCluster(master, cluster);
    }
}

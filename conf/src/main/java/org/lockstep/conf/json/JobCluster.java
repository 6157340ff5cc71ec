package org.lockstep.conf.json;

import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ClusterConf;

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
        a.end();
        return new JobCluster(master, cluster);
    }
}

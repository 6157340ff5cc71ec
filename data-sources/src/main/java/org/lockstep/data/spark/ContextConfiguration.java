package org.lockstep.data.spark;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.storage.SparkConfiguration;

/** The Hadoop configuration of the driver's Spark context. */
public final class ContextConfiguration implements SparkConfiguration {

    private static final String DRIVER = "driver";

    @Override
    public @Nullable Iterable<Map.Entry<String, String>> find() {
        SparkEnv env = SparkEnv.get();
        return env == null || !env.executorId().equals(DRIVER)
                ? null
                : SparkContext.getOrCreate().hadoopConfiguration();
    }
}

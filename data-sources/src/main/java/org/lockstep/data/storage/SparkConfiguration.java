package org.lockstep.data.storage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the Hadoop configuration of this JVM's Spark context: a service, as this package knows no Spark. */
public interface SparkConfiguration {

    /** The live configuration, {@code spark.hadoop.*} in it; null where no context runs, as on executors. */
    @Nullable
    Iterable<Map.Entry<String, String>> find();
}

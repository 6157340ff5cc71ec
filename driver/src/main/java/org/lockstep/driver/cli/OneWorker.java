package org.lockstep.driver.cli;

import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.driver.SparkModel;
import org.lockstep.model.Model;

/** Spark on one thread of this JVM, started when the first model trains. */
final class OneWorker implements AutoCloseable {

    private @Nullable JavaSparkContext spark;

    SparkModel model(Model model) {
        if (spark == null) {
            spark = SparkStart.start("lockstep conformance", "local[1]", null);
        }
        return SparkModel.of(model, spark);
    }

    @Override
    public void close() {
        if (spark != null) {
            spark.close();
        }
    }
}

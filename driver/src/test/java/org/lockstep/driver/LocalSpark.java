package org.lockstep.driver;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.executor.kryo.LockstepKryoRegistrator;

/** A Spark context in this JVM, with Kryo and registration required. */
public final class LocalSpark {

    private LocalSpark() {}

    public static JavaSparkContext start(String master) {
        return new JavaSparkContext(conf(master));
    }

    static SparkConf conf(String master) {
        return new SparkConf(false)
                .setMaster(master)
                .setAppName("lockstep-test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrationRequired", "true")
                .set("spark.kryo.registrator", LockstepKryoRegistrator.class.getName());
    }
}

package org.lockstep.driver.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.storage.HadoopSettings;
import org.lockstep.executor.kryo.LockstepKryoRegistrator;

/** Spark contexts of commands. */
final class SparkStart {

    private static final String MASTER = "spark.master";
    private static final String ALL_CORES = "local[*]";
    private static final Pattern MASTERS =
            Pattern.compile("local(\\[.+])?|local-cluster\\[.+]|yarn|(spark|mesos|k8s)://.+");

    private SparkStart() {}

    /** The {@code spark.hadoop.*} of the submitted job, for files that are read before there is a context. */
    static HadoopSettings hadoop() {
        Iterable<Map.Entry<String, String>> all = SparkHadoopUtil.get().newConfiguration(new SparkConf());
        Map<String, String> settings = new LinkedHashMap<>();
        all.forEach(setting -> settings.put(setting.getKey(), setting.getValue()));
        return new HadoopSettings(settings);
    }

    /**
     * A context that serializes with Kryo. Its master is the command line's, else the one that the job was submitted to,
     * else the job file's, else all cores of this machine.
     */
    static JavaSparkContext start(String name, @Nullable String commandLine, @Nullable String jobFile) {
        SparkConf conf = new SparkConf()
                .setAppName(name)
                .setIfMissing("spark.ui.enabled", "false")
                .setIfMissing("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .setIfMissing("spark.kryo.registrator", LockstepKryoRegistrator.class.getName());
        if (commandLine != null) {
            conf.setMaster(commandLine);
        }
        conf.setIfMissing(MASTER, jobFile == null ? ALL_CORES : jobFile);
        String master = conf.get(MASTER);
        if (!MASTERS.matcher(master).matches()) {
            throw new IllegalArgumentException(
                    "Invalid `master`: must be local[n], local[*], yarn, spark://… or k8s://…. Received: " + master);
        }
        if (master.startsWith("local")) {
            conf.setIfMissing("spark.driver.host", "localhost").setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        return new JavaSparkContext(conf);
    }
}

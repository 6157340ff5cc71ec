package org.lockstep.data.storage;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * How Hadoop's file systems are set up, on the way from the driver to where files are read: what differs there from
 * Hadoop's own files. Keys to stores may be among the values, so they are not printed.
 */
public record HadoopSettings(Map<String, String> values) implements Serializable {

    private static volatile @Nullable Configuration used;

    /** Made once: reading Hadoop's own files takes longer than opening a small file. */
    private static final class Plain {
        private static final Configuration CONFIGURATION = new Configuration();
    }

    private static final class Sparks {
        private static final List<SparkConfiguration> ALL =
                ServiceLoader.load(SparkConfiguration.class, HadoopSettings.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
    }

    public HadoopSettings {
        values = new TreeMap<>(values);
    }

    /** The settings of this JVM. */
    public static HadoopSettings here() {
        Map<String, String> differing = new TreeMap<>();
        for (Map.Entry<String, String> setting : configuration()) {
            if (!setting.getValue().equals(Plain.CONFIGURATION.getRaw(setting.getKey()))) {
                differing.put(setting.getKey(), setting.getValue());
            }
        }
        return new HadoopSettings(differing);
    }

    /** All files of this JVM are read and written with these settings from now on, unless it has a Spark context, which decides. */
    public void apply() {
        if (!equals(here())) {
            used = with(values.entrySet());
        }
    }

    /** That of this JVM's Spark context, else what was applied last, else Hadoop's own. */
    static Configuration configuration() {
        for (SparkConfiguration spark : Sparks.ALL) {
            Iterable<Map.Entry<String, String>> found = spark.find();
            if (found != null) {
                return found instanceof Configuration configuration ? configuration : with(found);
            }
        }
        Configuration applied = used;
        return applied == null ? Plain.CONFIGURATION : applied;
    }

    private static Configuration with(Iterable<Map.Entry<String, String>> settings) {
        Configuration configuration = new Configuration(Plain.CONFIGURATION);
        settings.forEach(setting -> configuration.set(setting.getKey(), setting.getValue()));
        return configuration;
    }

    @Override
    public String toString() {
        return "HadoopSettings" + values.keySet();
    }
}

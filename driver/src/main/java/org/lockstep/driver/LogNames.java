package org.lockstep.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lockstep.driver.plan.Version;
import org.lockstep.metrics.Logged;

/** The names of a run's logs and their order: Keras 3 sorts them, tf.keras has the loss first and then the metrics. */
record LogNames(List<Logged> metrics, Version version) {

    private static final String RATE = "learning_rate";

    /** The logs in order, in a map that callbacks may change. */
    Map<String, Double> ordered(Map<String, Double> logs) {
        return new LinkedHashMap<>(version == Version.KERAS3 ? new TreeMap<>(logs) : logs);
    }

    /** Gives the learning rate, which callbacks log as Keras 3 does, the name that it has in this version. */
    void rename(Map<String, Double> logs) {
        Double rate = version == Version.TFKERAS215 ? logs.remove(RATE) : null;
        if (rate != null) {
            logs.put("lr", rate);
        }
    }
}

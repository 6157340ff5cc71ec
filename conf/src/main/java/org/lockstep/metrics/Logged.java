package org.lockstep.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A metric of a compiled model.
 *
 * @param name its key in logs and history, which no other has
 * @param isWeighted whether samples count by their weights, class weights included
 */
public record Logged(String name, Metric metric, boolean isWeighted) implements Serializable {

    /** Keras's names: a second metric of one name is {@code name_1}, a weighted one {@code weighted_name}. */
    public static List<Logged> of(List<Metric> metrics, List<Metric> weightedMetrics) {
        List<Logged> all = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        for (Metric metric : metrics) {
            all.add(new Logged(unique(metric.name(), taken), metric, false));
        }
        for (Metric metric : weightedMetrics) {
            boolean isTaken = taken.containsKey(metric.name());
            all.add(new Logged(unique((isTaken ? "weighted_" : "") + metric.name(), taken), metric, true));
        }
        return List.copyOf(all);
    }

    private static String unique(String name, Map<String, Integer> taken) {
        int before = taken.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "_" + before;
    }

    /** The numbers of which metrics are made, all together. */
    public static int numbers(List<Logged> metrics) {
        return metrics.stream().mapToInt(each -> each.metric().numbers()).sum();
    }
}

package org.lockstep.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code fit} returns: the epochs that ran and, for each log, its values. */
public final class History {

    private final List<Integer> epoch = new ArrayList<>();
    private final Map<String, List<Double>> history = new LinkedHashMap<>();

    /** Notes an epoch's logs. */
    public void add(int index, Map<String, Double> logs) {
        epoch.add(index);
        logs.forEach((name, value) ->
                history.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
    }

    /** Indices of the epochs that ran, 0-based. */
    public List<Integer> epoch() {
        return Collections.unmodifiableList(epoch);
    }

    /** Names to values, one for each epoch that had the log. */
    public Map<String, List<Double>> history() {
        return Collections.unmodifiableMap(history);
    }

    /** The values of one log. */
    public List<Double> get(String name) {
        List<Double> values = history.get(name);
        if (values == null) {
            throw new IllegalArgumentException("No such log: %s. Logs are: %s".formatted(name, history.keySet()));
        }
        return Collections.unmodifiableList(values);
    }

    /** The last value of one log. */
    public double last(String name) {
        List<Double> values = get(name);
        return values.get(values.size() - 1);
    }
}

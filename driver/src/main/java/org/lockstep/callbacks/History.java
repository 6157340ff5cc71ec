package org.lockstep.callbacks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.driver.curves.LearningCurves;
import org.lockstep.report.EpochLogs;
import org.lockstep.report.Recovery;
import org.lockstep.report.RecoveryPoints;
import org.lockstep.report.SkippedRecords;

/** What {@code fit} returns: the epochs that ran and, for each log, its values. */
public final class History extends Callback {

    private final List<Integer> epoch = new ArrayList<>();
    private final Map<String, List<Double>> history = new LinkedHashMap<>();
    private final List<EpochLogs> rows = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private SkippedRecords skipped = SkippedRecords.NONE;
    private List<Recovery> recoveries = List.of();
    private RecoveryPoints recoveryPoints = RecoveryPoints.NONE;
    private @Nullable Consumer<Path> reporter;

    /** Forgets the epochs, not the logs: as in Keras 3, an object that is given to a second fit goes on. */
    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        epoch.clear();
        rows.clear();
        skipped = SkippedRecords.NONE;
        recoveries = List.of();
    }

    @Override
    public void onEpochEnd(int index, Map<String, Double> logs) {
        add(index, logs);
    }

    @Override
    public Map<String, Object> state() {
        List<Map<String, Object>> epochs = new ArrayList<>();
        rows.forEach(row -> epochs.add(Map.of("epoch", row.epoch(), "logs", row.logs())));
        Map<String, Object> values = new LinkedHashMap<>();
        history.forEach((name, logs) -> values.put(name, List.copyOf(logs)));
        return Map.of("epochs", epochs, "history", values, "warnings", List.copyOf(warnings));
    }

    @Override
    public void restore(Map<String, Object> state) {
        epoch.clear();
        rows.clear();
        history.clear();
        warnings.clear();
        for (Object row : list(state.get("epochs"))) {
            Map<?, ?> entries = (Map<?, ?>) row;
            Map<String, Double> logs = new LinkedHashMap<>();
            map(entries.get("logs")).forEach((name, value) -> logs.put((String) name, (Double) value));
            int index = (Integer) Objects.requireNonNull(entries.get("epoch"));
            epoch.add(index);
            rows.add(new EpochLogs(index, logs));
        }
        map(state.get("history")).forEach((name, values) -> {
            List<Double> read = new ArrayList<>();
            list(values).forEach(value -> read.add((Double) value));
            history.put((String) name, read);
        });
        list(state.get("warnings")).forEach(warning -> warnings.add((String) warning));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Notes an epoch's logs. */
    public void add(int index, Map<String, Double> logs) {
        epoch.add(index);
        rows.add(new EpochLogs(index, logs));
        logs.forEach((name, value) ->
                history.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
    }

    /** Notes a warning that the run gave. */
    public void warned(String warning) {
        warnings.add(warning);
    }

    /** Notes the bad records that were left out of the run's batches. */
    public void skipped(SkippedRecords records) {
        skipped = records;
    }

    /** The bad records that were left out of the batches of the last run, or of what a resumed run still had to do. */
    public SkippedRecords skipped() {
        return skipped;
    }

    /** Notes the failures that the run went on after. */
    public void recovered(List<Recovery> all) {
        recoveries = List.copyOf(all);
    }

    /** The failures that the last run went on after: lost executors and such. */
    public List<Recovery> recoveries() {
        return recoveries;
    }

    /** Notes what the run's recovery points cost. */
    public void recoveryPoints(RecoveryPoints all) {
        recoveryPoints = all;
    }

    /** What the last run's recovery points cost; see {@code recovery_interval}. */
    public RecoveryPoints recoveryPoints() {
        return recoveryPoints;
    }

    /** Indices of the epochs that ran, 0-based. */
    public List<Integer> epoch() {
        return Collections.unmodifiableList(epoch);
    }

    /** Names to values, one for each epoch that had the log. */
    public Map<String, List<Double>> history() {
        return Collections.unmodifiableMap(history);
    }

    /** The epochs that ran, each with its own logs. */
    public List<EpochLogs> rows() {
        return Collections.unmodifiableList(rows);
    }

    /**
     * Draws learning curves, for each metric a panel, into a PNG or SVG file.
     *
     * @throws IllegalArgumentException if no epoch ran, or the file's name ends in neither .png nor .svg
     */
    public void plot(String path) {
        LearningCurves.save(Path.of(path), rows);
    }

    /**
     * Writes one self-contained HTML page: curves, where the time of a step went, whether input was the bottleneck, the
     * confusion matrix and sample predictions over held-out samples, which are predicted for it.
     *
     * @throws IllegalStateException if no fit has filled this history
     */
    public void report(String path) {
        if (reporter == null) {
            throw new IllegalStateException("Cannot write a report to " + path + ": no fit has filled this history");
        }
        reporter.accept(Path.of(path));
    }

    /** Sets what {@link #report} writes. */
    public void reporter(Consumer<Path> value) {
        reporter = value;
    }

    /** What the run warned of. */
    public List<String> warnings() {
        return Collections.unmodifiableList(warnings);
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

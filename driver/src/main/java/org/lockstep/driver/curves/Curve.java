package org.lockstep.driver.curves;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lockstep.report.EpochLogs;

/**
 * One log's values over the epochs.
 *
 * @param name of the log
 * @param points in the order of the epochs; those that have the log
 */
record Curve(String name, List<Point> points) {

    private static final String VALIDATION = "val_";

    /**
     * A value.
     *
     * @param place of the epoch among those that ran, from 0
     * @param epoch 0-based
     */
    record Point(int place, int epoch, double value) {}

    /** The logs that have a picture: the loss, then the others as they come. */
    static List<String> pictures(List<EpochLogs> epochs) {
        List<String> names = epochs.stream()
                .flatMap(each -> each.logs().keySet().stream())
                .map(name -> name.startsWith(VALIDATION) ? name.substring(VALIDATION.length()) : name)
                .distinct()
                .toList();
        return Stream.concat(Stream.of("loss").filter(names::contains), names.stream())
                .distinct()
                .toList();
    }

    /** A log's curves in training and, where there are any, in validation. */
    static List<Curve> of(String name, List<EpochLogs> epochs) {
        return Stream.of(name, VALIDATION + name)
                .map(each -> new Curve(each, points(each, epochs)))
                .filter(curve -> !curve.points.isEmpty())
                .toList();
    }

    boolean isValidation() {
        return name.startsWith(VALIDATION);
    }

    private static List<Point> points(String name, List<EpochLogs> epochs) {
        return IntStream.range(0, epochs.size())
                .mapToObj(i -> {
                    Double value = epochs.get(i).logs().get(name);
                    return value == null ? null : new Point(i, epochs.get(i).epoch(), value);
                })
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }
}

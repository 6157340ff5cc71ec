package org.lockstep.examples.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of all trainings, and whether that is good enough: all ended with the bits of one thread, all faults were
 * inflicted, and training went on soon, as a rule.
 *
 * @param faults that were asked for
 */
record Results(int faults, List<Trained> trainings, List<Struck> struck) {

    /** Seconds from a fault to the next step, lost work not counted; of the median. */
    static final double BAR = 5;

    /**
     * A training.
     *
     * @param expected what one thread ended with
     * @param end what the cluster ended with; null where it failed
     * @param failure why; null where it did not
     * @param recoveries failures that it went on after
     */
    record Trained(
            Training training,
            double seconds,
            String expected,
            @Nullable String end,
            @Nullable String failure,
            int recoveries) {

        boolean isSame() {
            return expected.equals(end);
        }
    }

    boolean passed() {
        return trainings.stream().allMatch(Trained::isSame)
                && struck.size() == faults
                && (struck.isEmpty() || median(beyond()) <= BAR);
    }

    private List<Double> beyond() {
        return struck.stream().map(Struck::beyondLostWork).map(Results::worst).toList();
    }

    /** A fault that no step followed is the worst there is. */
    private static double worst(double seconds) {
        return Double.isNaN(seconds) ? Double.POSITIVE_INFINITY : seconds;
    }

    /** The middle value, or the mean of the two in the middle. */
    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    String table() {
        StringBuilder table = new StringBuilder("%n".formatted());
        table.append(Struck.head());
        struck.forEach(one -> table.append(one.row()));
        table.append("%n".formatted());
        int number = 0;
        for (Trained one : trainings) {
            number++;
            table.append("training %d, %s: %d steps on %d shards in %.0f s, %d recoveries: %s%n"
                    .formatted(
                            number,
                            one.training().title(),
                            one.training().allSteps(),
                            one.training().shards(),
                            one.seconds(),
                            one.recoveries(),
                            verdict(one)));
        }
        for (Kind kind : Kind.values()) {
            List<Struck> of = struck.stream()
                    .filter(one -> one.fault().kind() == kind && one.next() != null)
                    .toList();
            if (!of.isEmpty()) {
                table.append(line(kind.title(), of));
            }
        }
        table.append(
                line("all", struck.stream().filter(one -> one.next() != null).toList()));
        table.append(
                "%s: %d of %d faults, %d of %d trainings with the bits of local[1], median beyond lost work %.2f s (at most %.0f)%n"
                        .formatted(
                                passed() ? "passed" : "FAILED",
                                struck.size(),
                                faults,
                                trainings.stream().filter(Trained::isSame).count(),
                                trainings.size(),
                                struck.isEmpty() ? 0 : median(beyond()),
                                BAR));
        return table.toString();
    }

    private static String line(String title, List<Struck> of) {
        if (of.isEmpty()) {
            return "";
        }
        List<Double> seconds = of.stream().map(Struck::seconds).toList();
        return "%-5s %3d faults, seconds to the next step: median %.2f, longest %.2f; beyond lost work: median %.2f%n"
                .formatted(
                        title,
                        of.size(),
                        median(seconds),
                        seconds.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                        median(of.stream().map(Struck::beyondLostWork).toList()));
    }

    private static String verdict(Trained one) {
        if (one.failure() != null) {
            return "FAILED: " + one.failure();
        }
        return one.isSame() ? "the same bits" : "OTHER BITS: " + one.end() + " instead of " + one.expected();
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Trained one : trainings) {
            Map<String, @Nullable Object> training = new LinkedHashMap<>();
            training.put("title", one.training().title());
            training.put("shards", one.training().shards());
            training.put("steps", one.training().allSteps());
            training.put("synchronous", one.training().isSynchronous());
            training.put("seconds", one.seconds());
            training.put("recoveries", one.recoveries());
            training.put("sha256", one.end());
            training.put("expected", one.expected());
            training.put("failure", one.failure());
            all.add(training);
        }
        json.put("trainings", all);
        json.put("faults", struck.stream().map(Struck::json).toList());
        List<Struck> ended = struck.stream().filter(one -> one.next() != null).toList();
        json.put(
                "median_seconds",
                ended.isEmpty()
                        ? null
                        : median(ended.stream().map(Struck::seconds).toList()));
        json.put(
                "median_seconds_beyond_lost_work",
                ended.isEmpty()
                        ? null
                        : median(ended.stream().map(Struck::beyondLostWork).toList()));
        json.put("bar_seconds", BAR);
        json.put("passed", passed());
        return json;
    }
}

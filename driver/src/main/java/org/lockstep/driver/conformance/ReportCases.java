package org.lockstep.driver.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.callbacks.ProgbarLine;
import org.lockstep.report.Totals;

/** What a run reports: running values and the text of the progress bar. */
final class ReportCases {

    private ReportCases() {}

    static void epochAggregation(Case given, Check check) {
        double[] sizes = given.inputs().numbers("batch_sizes").values();
        double[] losses = given.inputs().numbers("batch_losses").values();
        Totals totals = new Totals(List.of());
        double[] running = new double[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            totals.add((long) sizes[i], losses[i], new double[0]);
            running[i] = totals.logs().getOrDefault("loss", Double.NaN);
        }
        check.number("epoch_loss", running[running.length - 1]);
        check.numbers("running_loss_after_each_batch", new Numbers(new int[] {running.length}, running));
    }

    static void progbarLine(Case given, Check check) {
        int current = given.inputs().integer("current");
        Integer target =
                given.inputs().given("target") ? (Integer) given.inputs().integer("target") : null;
        double elapsed = given.inputs().number("elapsed");
        Map<String, Double> logs = new LinkedHashMap<>();
        for (Object entry : given.inputs().list("logs")) {
            List<?> pair = (List<?>) entry;
            logs.put(String.valueOf(pair.get(0)), Plain.number("logs", pair.get(1)));
        }
        double step = current == 0 ? 0 : elapsed / current;
        boolean isFinished = target != null && current >= target;
        check.value(
                "line",
                given.config().integer("verbose") != 2
                        ? ProgbarLine.bar(current, target, elapsed, step, isFinished, logs)
                        : ProgbarLine.line(current, target == null ? current : target, elapsed, step, logs));
    }
}

package org.lockstep.driver.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lockstep.report.LayerTimes;
import org.lockstep.report.StepProfile;

/** A profile as a table for the terminal and as comma-separated values. */
final class ProfileTable {

    private static final double NANOS_PER_MILLI = 1e6;

    private ProfileTable() {}

    /** A line for each layer, then what the step takes beside its layers. */
    static String text(StepProfile profile) {
        List<String> lines = new ArrayList<>();
        lines.add("A step of %d images on %d thread(s): %s ms, the median of %d; peak %.1f GFLOP/s"
                .formatted(
                        profile.samples(),
                        profile.threads(),
                        millis(profile.stepNanos()),
                        profile.steps(),
                        profile.peakGigaflops()));
        lines.add("%-28s %-24s %11s %12s %7s %9s %6s"
                .formatted("layer", "type", "forward ms", "backward ms", "step %", "GFLOP/s", "peak %"));
        for (LayerTimes layer : profile.layers()) {
            boolean counted = layer.flops() > 0;
            lines.add("%-28s %-24s %11s %12s %7s %9s %6s"
                    .formatted(
                            layer.name(),
                            layer.className(),
                            millis(layer.forwardNanos()),
                            millis(layer.backwardNanos()),
                            percent(share(layer.nanos(), profile)),
                            counted ? number(1, layer.gigaflops()) : "",
                            counted ? percent(profile.peakShare(layer)) : ""));
        }
        long rest = Math.max(0, profile.stepNanos() - profile.layerNanos());
        lines.add("%-28s %-24s %11s %12s %7s"
                .formatted("(loss, metrics, input)", "", "", millis(rest), percent(share(rest, profile))));
        if (profile.layers().stream().anyMatch(layer -> layer.nanos() == 0)) {
            lines.add("Layers without a time are computed together with the one before, or are nothing to compute.");
        }
        return String.join("\n", lines);
    }

    /** With a line of names first; times in milliseconds, shares in [0, 1]. */
    static String csv(StepProfile profile) {
        StringBuilder text = new StringBuilder(
                "layer,type,forward_ms,backward_ms,step_share,forward_flops,backward_flops,gflops,peak_share\n");
        for (LayerTimes layer : profile.layers()) {
            text.append(String.join(
                            ",",
                            quoted(layer.name()),
                            layer.className(),
                            millis(layer.forwardNanos()),
                            millis(layer.backwardNanos()),
                            number(4, share(layer.nanos(), profile)),
                            Long.toString(layer.forwardFlops()),
                            Long.toString(layer.backwardFlops()),
                            number(2, layer.gigaflops()),
                            number(4, profile.peakShare(layer))))
                    .append('\n');
        }
        return text.toString();
    }

    private static double share(long nanos, StepProfile profile) {
        return profile.stepNanos() == 0 ? 0 : (double) nanos / profile.stepNanos();
    }

    private static String quoted(String name) {
        return name.matches("[^\",\\r\\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String millis(long nanos) {
        return number(3, nanos / NANOS_PER_MILLI);
    }

    private static String percent(double share) {
        return number(1, 100 * share);
    }

    private static String number(int places, double value) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}

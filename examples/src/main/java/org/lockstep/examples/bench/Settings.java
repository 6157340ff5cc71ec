package org.lockstep.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that all benchmarks have, how wrong ones are refused, and how a run ends. */
final class Settings {

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private @Nullable Path json;

    @Option(
            names = "--pairs",
            defaultValue = "9",
            description = "Measured rounds, in each of which everything is measured once (default ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--warm-ups", defaultValue = "2", description = "Rounds before that (default ${DEFAULT-VALUE}).")
    private int warmUps;

    @Option(names = "--steps", defaultValue = "30", description = "Steps in a round (default ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--report-only", description = "Exit with 0 also where a bar is missed.")
    private boolean reportOnly;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    int pairs() {
        return pairs;
    }

    int warmUps() {
        return warmUps;
    }

    int steps() {
        return steps;
    }

    /** Checks these options, before anything is measured. */
    void check() {
        check("--pairs", pairs, 1);
        check("--warm-ups", warmUps, 0);
        check("--steps", steps, 1);
        if (json != null && !Report.canWrite(json)) {
            throw wrong("--json", "its folder must exist", json.toString());
        }
    }

    void check(String option, int value, int least) {
        if (value < least) {
            throw wrong(option, "must be at least " + least, Integer.toString(value));
        }
    }

    ParameterException wrong(String option, String rule, String value) {
        return new ParameterException(
                spec().commandLine(), "Invalid `%s`: %s. Received: %s".formatted(option, rule, value));
    }

    /** Runs a check whose failure is the user's. */
    void refuse(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), e.getMessage(), e);
        }
    }

    /**
     * What the report of this run begins with.
     *
     * @param more settings that not all benchmarks have
     */
    Map<String, Object> begin(Processors processors, Map<String, ?> more) {
        Map<String, Object> report = Report.begin(spec(), Machine.describe(processors));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("pairs", pairs);
        settings.put("warm_ups", warmUps);
        settings.put("steps", steps);
        settings.putAll(more);
        report.put("settings", settings);
        return report;
    }

    /** Prints what the bars say, and writes the report where it is wanted. Returns the exit code. */
    int end(Map<String, Object> report, List<Verdict> verdicts) throws IOException {
        PrintWriter out = out();
        out.print(Tables.of(verdicts));
        Report.judge(report, verdicts);
        if (json != null) {
            Report.write(report, json, out);
        }
        out.flush();
        return reportOnly || verdicts.stream().allMatch(Verdict::passed) ? 0 : Main.MISSED;
    }

    PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}

package org.lockstep.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.Json;
import org.lockstep.examples.bench.Outcome.Entry;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Images per second of Lockstep's trainer and of DL4J Spark's parameter averaging, on the same LeNet and digits.
 *
 * <p>The JSON file holds {@code benchmark}, {@code date}, {@code command}, {@code machine} (cpu, cores, os, arch, java,
 * load_before), {@code workload} (master, steps, images, global_batch, learning_rate, warm_ups), {@code sides} (name,
 * description, images_per_second, accuracy), {@code pairs} (ours, peer, ratio), {@code ratio} (median, min, max, and the
 * interval low to high with its coverage), {@code goal} and {@code passed}.
 */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Images per second of Lockstep's trainer and of DL4J Spark's ParameterAveragingTrainingMaster, which"
                    + " averages after every step: the same LeNet, digits, global batch of 64 and rate of SGD.",
            "Each side is a JVM of its own and idles while the other is measured. Counted is one epoch, for Lockstep"
                    + " within a fit, for DL4J fit(rdd) on a cached RDD; starting Spark and loading data are not.",
            "Accuracy is on held-out digits at the end, where Lockstep has trained twice as many epochs: before each"
                    + " that counts, its fit makes one that does not."
        })
final class Train implements Callable<Integer> {

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private @Nullable Path json;

    @Option(names = "--pairs", defaultValue = "9", description = "Measured pairs (default ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--warm-ups", defaultValue = "2", description = "Pairs before that (default ${DEFAULT-VALUE}).")
    private int warmUps;

    @Option(names = "--steps", defaultValue = "30", description = "Steps in an epoch (default ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--master", defaultValue = "local[2]", description = "Spark's master (default ${DEFAULT-VALUE}).")
    private String master = "";

    @Option(
            names = "--goal",
            defaultValue = "10",
            description = "The least median ratio that passes (default ${DEFAULT-VALUE}).")
    private double goal;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check("--pairs", pairs, 1);
        check("--warm-ups", warmUps, 0);
        check("--steps", steps, 1);
        if (!master.matches("local(\\[[^,]+])?")) {
            throw wrong("--master", "must be a local master, where memory exchange works", master);
        }
        if (json != null && !Files.isDirectory(json.toAbsolutePath().resolveSibling(""))) {
            throw wrong("--json", "its folder must exist", json.toString());
        }
        Workload workload = new Workload(master, steps);
        Map<String, Object> machine = Machine.describe();
        PrintWriter out = spec().commandLine().getOut();
        Outcome outcome = race(workload, out);
        out.print(outcome.table());
        out.flush();
        if (json != null) {
            Files.writeString(json, Json.writePretty(report(workload, machine, outcome)) + "\n");
            out.println("Figures: " + json);
        }
        out.flush();
        return outcome.passed() ? 0 : Main.MISSED;
    }

    private Outcome race(Workload workload, PrintWriter out) {
        try (Side ours = new SideProcess(Entrant.LOCKSTEP, workload);
                Side peer = new SideProcess(Entrant.DL4J_SPARK, workload)) {
            out.println(ours.description());
            out.println(peer.description());
            out.println(
                    "%d warm-ups, then %d pairs of epochs of %d images".formatted(warmUps, pairs, workload.images()));
            out.flush();
            List<Pair> measured = new Race(ours, peer, workload.images(), line -> {
                        out.println(line);
                        out.flush();
                    })
                    .run(warmUps, pairs);
            return new Outcome(List.of(entry(Entrant.LOCKSTEP, ours), entry(Entrant.DL4J_SPARK, peer)), measured, goal);
        }
    }

    private static Entry entry(Entrant entrant, Side side) {
        return new Entry(entrant.title(), side.description(), side.accuracy());
    }

    private Map<String, Object> report(Workload workload, Map<String, Object> machine, Outcome outcome) {
        Map<String, Object> work = new LinkedHashMap<>();
        work.put("master", workload.master());
        work.put("steps", workload.steps());
        work.put("images", workload.images());
        work.put("global_batch", Workload.GLOBAL_BATCH);
        work.put("learning_rate", Workload.LEARNING_RATE);
        work.put("warm_ups", warmUps);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", "train");
        report.put("date", Instant.now().toString());
        report.put(
                "command",
                "bin/lockstep bench "
                        + String.join(" ", spec().commandLine().getParseResult().originalArgs()));
        report.put("machine", machine);
        report.put("workload", work);
        report.putAll(outcome.figures());
        return report;
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    private void check(String option, int value, int least) {
        if (value < least) {
            throw wrong(option, "must be at least " + least, Integer.toString(value));
        }
    }

    private ParameterException wrong(String option, String rule, String value) {
        return new ParameterException(
                spec().commandLine(), "Invalid `%s`: %s. Received: %s".formatted(option, rule, value));
    }
}

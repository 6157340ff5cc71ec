package org.lockstep.examples.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.Json;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code bin/lockstep chaos}: exits with 0 where all trainings end with the bits of one thread, and soon enough after faults;
 * with 1 where not, with 2 where the arguments are wrong or nothing can be done.
 */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Trains on a standalone Spark cluster of this machine while its executors are killed (SIGKILL), stopped (SIGSTOP)"
                    + " and cut off from the network, at steps that follow from the seed. Each training must end with the"
                    + " weights and the optimizer's state of an undisturbed one on local[1], to the bit.",
            "A cut needs network namespaces: Linux, root, and `ip` of iproute2. Without, the other kinds go on."
        })
public final class Main implements Callable<Integer> {

    private static final int FAILED = 1;

    @Option(names = "--faults", defaultValue = "50", description = "Faults in all (default ${DEFAULT-VALUE}).")
    private int faults;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Decides kinds, victims and steps (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--kinds",
            split = ",",
            defaultValue = "kill,stop,cut",
            description = "Kinds of faults (default ${DEFAULT-VALUE}).")
    private List<String> kinds = List.of();

    @Option(names = "--trainings", defaultValue = "4", description = "Different ones (default ${DEFAULT-VALUE}).")
    private int trainings;

    @Option(names = "--workers", defaultValue = "3", description = "Of one core each (default ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--pace-ms",
            defaultValue = "60",
            description = "Milliseconds that a batch takes to come, so that steps last (default ${DEFAULT-VALUE}).")
    private int pace;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check("--faults", faults, 1);
        check("--trainings", trainings, 1);
        check("--workers", workers, 2);
        check("--pace-ms", pace, 0);
        List<Kind> wanted = wanted();
        if (json != null && !Files.isDirectory(json.toAbsolutePath().resolveSibling(""))) {
            throw wrong("Invalid `--json`: its folder must exist. Received: " + json);
        }
        PrintWriter out = spec().commandLine().getOut();
        String home = System.getProperty(Cluster.SPARK_HOME);
        if (home == null) {
            throw wrong(
                    "Cannot start Spark: -D" + Cluster.SPARK_HOME + " must name a folder with jars; use bin/lockstep");
        }
        Path folder = Files.createTempDirectory("lockstep-chaos").toRealPath();
        boolean isGood = false;
        try (Stage stage = new Stage(folder)) {
            List<Kind> possible = possible(stage, wanted, out);
            Results results = run(stage, Path.of(home), possible, out);
            out.print(results.table());
            write(results, possible, out);
            out.flush();
            isGood = results.passed();
        } finally {
            if (isGood) {
                Cluster.remove(folder);
            } else {
                out.println("What the cluster said is in " + folder);
                out.flush();
            }
        }
        return isGood ? 0 : FAILED;
    }

    private List<Kind> wanted() {
        try {
            return kinds.stream().map(Kind::of).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** The kinds that this machine allows. */
    private List<Kind> possible(Stage stage, List<Kind> wanted, PrintWriter out) {
        List<Kind> all = new ArrayList<>(wanted);
        if (all.contains(Kind.CUT)) {
            try {
                stage.lan(Lan.of(workers));
            } catch (IllegalStateException e) {
                all.remove(Kind.CUT);
                out.println(
                        "No executor is cut off: %s. That needs root, and `ip` of iproute2".formatted(e.getMessage()));
                if (all.isEmpty()) {
                    throw wrong("Invalid `--kinds`: none of them can be done here. Received: " + kinds);
                }
            }
        }
        return all;
    }

    private Results run(Stage stage, Path home, List<Kind> possible, PrintWriter out) throws InterruptedException {
        int each = (faults + trainings - 1) / trainings;
        List<Training> all = new ArrayList<>();
        for (int i = 0; i < trainings; i++) {
            all.add(Training.of(i, each));
        }
        Chaos chaos = new Chaos(Fault.plan(faults, seed, possible), workers, pace, line -> {
            out.println(line);
            out.flush();
        });
        List<String> expected = chaos.expected(all);
        return chaos.on(stage.start(home, workers), all, expected);
    }

    private void write(Results results, List<Kind> possible, PrintWriter out) throws IOException {
        if (json != null) {
            Map<String, @Nullable Object> report = new LinkedHashMap<>();
            report.put("date", Instant.now().toString());
            report.put(
                    "command",
                    "bin/lockstep chaos "
                            + String.join(
                                    " ", spec().commandLine().getParseResult().originalArgs()));
            report.put("seed", seed);
            report.put("kinds", Kind.titles(possible));
            report.put("workers", workers);
            report.put("pace_ms", pace);
            report.putAll(results.json());
            Files.writeString(json, Json.writePretty(report) + "\n");
            out.println("Figures: " + json);
        }
    }

    private void check(String option, int value, int least) {
        if (value < least) {
            throw wrong("Invalid `%s`: must be at least %d. Received: %d".formatted(option, least, value));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}

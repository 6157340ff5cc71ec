package org.lockstep.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.Contest.Measured;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of benchmarks that race sides, and the race: for each model and batch size, all sides alternate. */
final class Comparison {

    private static final int LEAST_BATCH = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private @Nullable Path json;

    @Option(
            names = "--pairs",
            defaultValue = "9",
            description = "Measured rounds, in each of which every side works once (default ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--warm-ups", defaultValue = "2", description = "Rounds before that (default ${DEFAULT-VALUE}).")
    private int warmUps;

    @Option(names = "--steps", defaultValue = "30", description = "Steps in a round (default ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "64",
            description = "Images of a step, all workers together; several make several contests"
                    + " (default ${DEFAULT-VALUE}).")
    private List<Integer> batches = List.of();

    @Option(names = "--sides", split = ",", paramLabel = "SIDE", description = "Only these of the sides named above.")
    private @Nullable List<String> sides;

    @Option(names = "--report-only", description = "Exit with 0 also where a bar is missed.")
    private boolean reportOnly;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** What a benchmark measures beside its contests, put into the report. */
    interface Extra {
        void measure(Map<String, Object> report, PrintWriter out);
    }

    /** Checks the options, all before anything is started. */
    private void check(List<BenchModel> models, List<Entrant> entrants) {
        check("--pairs", pairs, 1);
        check("--warm-ups", warmUps, 0);
        check("--steps", steps, 1);
        batches.forEach(batch -> check("--batches", batch, LEAST_BATCH));
        if (models.isEmpty() || entrants.isEmpty()) {
            throw wrong(models.isEmpty() ? "--models" : "--sides", "must name at least one", "none");
        }
        if (json != null && !Report.canWrite(json)) {
            throw wrong("--json", "its folder must exist", json.toString());
        }
        for (Entrant entrant : entrants) {
            String peer = entrant.peer();
            if (peer != null) {
                refuse(() -> Peers.classPath(peer));
            }
        }
    }

    /** The benchmark's sides, or those of them that were asked for. */
    private List<Entrant> entrants(List<Entrant> all) {
        List<String> wanted = sides;
        if (wanted == null) {
            return all;
        }
        List<Entrant> chosen = new ArrayList<>();
        refuse(() -> wanted.forEach(title -> chosen.add(Entrant.of(title, all))));
        return chosen;
    }

    /**
     * Runs all contests and reports them.
     *
     * @param reference the side whose ratios to all others are shown
     * @param threads processors that a side in one process uses
     * @return the exit code
     */
    int run(List<String> titles, List<Entrant> all, Entrant reference, int threads, Data data, Extra extra)
            throws IOException {
        List<BenchModel> models = new ArrayList<>();
        refuse(() -> titles.forEach(title -> models.add(BenchModel.of(title))));
        List<Entrant> entrants = entrants(all);
        check(models, entrants);
        check("--threads", threads, 1);
        Processors processors = Processors.here();
        Map<String, Object> report = Report.begin(spec(), Machine.describe(processors));
        PrintWriter out = out();
        out.println("Processors: " + processors.describe());
        extra.measure(report, out);
        List<Contest> contests = new ArrayList<>();
        for (BenchModel model : models) {
            for (int batch : batches) {
                Workload workload = data.of(model, batch, steps, threads);
                Contest contest = race(workload, entrants, processors, out);
                out.print(Tables.of(contest, reference));
                out.flush();
                contests.add(contest);
            }
        }
        List<Bars.Verdict> verdicts = Bars.judge(contests);
        out.print(Tables.of(verdicts));
        report.put("settings", settings());
        report.put(
                "contests",
                contests.stream().map(contest -> Figures.of(contest, reference)).toList());
        Report.judge(report, verdicts);
        if (json != null) {
            Report.write(report, json, out);
        }
        out.flush();
        return reportOnly || verdicts.stream().allMatch(Bars.Verdict::passed) ? 0 : Main.MISSED;
    }

    /** Makes the work of a contest. */
    interface Data {
        Workload of(BenchModel model, int batch, int steps, int threads);
    }

    private Contest race(Workload workload, List<Entrant> entrants, Processors processors, PrintWriter out) {
        List<Race.Lane> lanes = new ArrayList<>();
        List<Entrant> started = new ArrayList<>();
        Consumer<String> progress = line -> {
            out.println(line);
            out.flush();
        };
        try {
            for (Entrant entrant : entrants) {
                if (entrant.trains(workload.model())) {
                    Side side = new SideProcess(entrant, workload, processors);
                    lanes.add(new Race.Lane(entrant.title(), side));
                    started.add(entrant);
                    progress.accept(entrant.title() + ": " + side.description());
                }
            }
            List<List<Round>> rounds = new Race(lanes, progress).run(warmUps, pairs);
            List<Measured> measured = new ArrayList<>();
            for (int i = 0; i < lanes.size(); i++) {
                Side side = lanes.get(i).side();
                measured.add(new Measured(started.get(i), side.description(), side.accuracy(), rounds.get(i)));
            }
            return new Contest(workload, measured);
        } finally {
            lanes.forEach(lane -> lane.side().close());
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("pairs", pairs);
        settings.put("warm_ups", warmUps);
        return settings;
    }

    PrintWriter out() {
        return spec().commandLine().getOut();
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

    private void refuse(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), e.getMessage(), e);
        }
    }
}

package org.lockstep.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.Contest.Measured;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import picocli.CommandLine.Option;

/** The options of benchmarks that race sides, and the race: for each model and batch size, all sides alternate. */
final class Comparison {

    private static final int LEAST_BATCH = 1;

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "64",
            description = "Images of a step, all workers together; several make several contests"
                    + " (default ${DEFAULT-VALUE}).")
    private List<Integer> batches = List.of();

    @Option(names = "--sides", split = ",", paramLabel = "SIDE", description = "Only these of the sides named above.")
    private @Nullable List<String> sides;

    @Option(
            names = "--warm-up-seconds",
            defaultValue = "5",
            description =
                    "Work of each side before it counts, by more rounds than --warm-ups where these are short: a JVM"
                            + " compiles meanwhile (default ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    /** What a benchmark measures beside its contests, put into the report. */
    interface Extra {
        void measure(Map<String, Object> report, PrintWriter out);
    }

    /** Makes the work of a contest. */
    interface Data {
        Workload of(BenchModel model, int batch, int steps, int threads);
    }

    /** Checks the options, all before anything is started. */
    private void check(Settings settings, List<BenchModel> models, List<Entrant> entrants) {
        settings.check();
        settings.check("--warm-up-seconds", warmUpSeconds, 0);
        batches.forEach(batch -> settings.check("--batches", batch, LEAST_BATCH));
        if (models.isEmpty() || entrants.isEmpty()) {
            throw settings.wrong(models.isEmpty() ? "--models" : "--sides", "must name at least one", "none");
        }
        for (Entrant entrant : entrants) {
            if (entrant.needsEvenBatches() && batches.stream().anyMatch(batch -> batch % 2 != 0)) {
                throw settings.wrong(
                        "--batches", "must be even where %s takes part".formatted(entrant.title()), batches.toString());
            }
            String peer = entrant.peer();
            if (peer != null) {
                settings.refuse(() -> Peers.classPath(peer));
            }
        }
    }

    /** The benchmark's sides that this machine knows, or those of all that were asked for. */
    private List<Entrant> entrants(Settings settings, List<Entrant> all) {
        List<String> wanted = sides;
        List<Entrant> chosen = new ArrayList<>();
        if (wanted == null) {
            chosen.addAll(all);
            if (!Machine.knowsBfloat16() && chosen.remove(Entrant.ENGINE_BF16)) {
                settings.out().println("engine_bf16 is left out: the CPU has no instructions for bfloat16");
            }
        } else {
            settings.refuse(() -> wanted.forEach(title -> chosen.add(Entrant.of(title, all))));
        }
        return chosen;
    }

    /**
     * Runs all contests and reports them.
     *
     * @param reference the side whose ratios to all others are shown
     * @param threads processors that a side in one process uses
     * @return the exit code
     */
    int run(
            Settings settings,
            List<String> titles,
            List<Entrant> all,
            Entrant reference,
            int threads,
            Data data,
            Extra extra)
            throws IOException {
        List<BenchModel> models = new ArrayList<>();
        settings.refuse(() -> titles.forEach(title -> models.add(BenchModel.of(title))));
        List<Entrant> entrants = entrants(settings, all);
        check(settings, models, entrants);
        settings.check("--threads", threads, 1);
        Processors processors = Processors.here();
        Map<String, Object> report = settings.begin(processors, Map.of("warm_up_seconds", warmUpSeconds));
        PrintWriter out = settings.out();
        out.println("Processors: " + processors.describe());
        extra.measure(report, out);
        List<Contest> contests = new ArrayList<>();
        for (BenchModel model : models) {
            for (int batch : batches) {
                Workload workload = data.of(model, batch, settings.steps(), threads);
                Contest contest = race(settings, workload, entrants, processors);
                out.print(Tables.of(contest, reference));
                out.flush();
                contests.add(contest);
            }
        }
        report.put(
                "contests",
                contests.stream().map(contest -> Figures.of(contest, reference)).toList());
        return settings.end(report, Bars.judge(contests));
    }

    private Contest race(Settings settings, Workload workload, List<Entrant> entrants, Processors processors) {
        List<Race.Lane> lanes = new ArrayList<>();
        List<Entrant> started = new ArrayList<>();
        Consumer<String> progress = line -> {
            settings.out().println(line);
            settings.out().flush();
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
            List<List<Round>> rounds =
                    new Race(lanes, progress).run(settings.warmUps(), warmUpSeconds, settings.pairs());
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
}

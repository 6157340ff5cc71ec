package org.lockstep.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.exchange.Algorithm;
import org.lockstep.examples.bench.exchange.CostModel;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.Meter;
import org.lockstep.examples.bench.exchange.Prediction;
import org.lockstep.examples.bench.exchange.Transport;
import org.lockstep.examples.bench.ours.EngineSide;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The exchange alone, and what follows for clusters that are not here; JSON as {@link Report} says. */
@Command(
        name = "exchange",
        mixinStandardHelpOptions = true,
        description = {
            "The exchange of gradients alone: bytes, rounds and time of a step with workers in threads of this JVM,"
                    + " which compute nothing. A cost model, latency * messages + bytes / bandwidth, is fitted to it.",
            "From that and from the engine's step on one thread it foretells steps on clusters, for the direct and the"
                    + " hierarchical exchange, which keep the order of sums, and for a ring, which does not. No overlap of"
                    + " exchange and computing is assumed, and no two executors share a link."
        })
final class Exchanges implements Callable<Integer> {

    private static final int ENGINE_ROUNDS = 3;
    private static final double MICROS = 1e6;
    private static final double GIGA = 1e9;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private @Nullable Path json;

    @Option(
            names = "--models",
            split = ",",
            defaultValue = "lenet,vgg",
            description = "Networks (default ${DEFAULT-VALUE}).")
    private List<String> models = List.of();

    @Option(
            names = "--workers",
            split = ",",
            defaultValue = "1,2,4,8,16",
            description = "Threads that exchange (default ${DEFAULT-VALUE}).")
    private List<Integer> workers = List.of();

    @Option(names = "--pairs", defaultValue = "9", description = "Measured rounds (default ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--warm-ups", defaultValue = "2", description = "Rounds before that (default ${DEFAULT-VALUE}).")
    private int warmUps;

    @Option(names = "--steps", defaultValue = "20", description = "Steps in a round (default ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--batch",
            defaultValue = "64",
            description = "Images of a step on each executor, for the predictions (default ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--executors",
            split = ",",
            defaultValue = "32,64,128,256,512,1024",
            description = "Executors of the predictions, one core each (default ${DEFAULT-VALUE}).")
    private List<Integer> executors = List.of();

    @Option(
            names = "--gigabits",
            split = ",",
            defaultValue = "10,25,100",
            description = "Gigabits per second of an executor's link (default ${DEFAULT-VALUE}).")
    private List<Double> gigabits = List.of();

    @Option(
            names = "--delay-us",
            defaultValue = "50",
            description = "Microseconds from a message's sending to its arrival (default ${DEFAULT-VALUE}).")
    private double delay;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check();
        PrintWriter out = spec().commandLine().getOut();
        Map<String, Object> report = Report.begin(spec(), Machine.describe(Processors.here()));
        List<Measurement> measurements = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        List<Map<String, Object>> fitted = new ArrayList<>();
        for (Transport transport : Transport.ALL) {
            List<Measurement> measured = measure(transport);
            out.print(ExchangeFigures.table(measured));
            out.flush();
            measurements.addAll(measured);
            if (workers.stream().filter(count -> count > 1).distinct().count() > 1) {
                CostModel model = fit(measured);
                out.println("%s: %.1f us for each message, %.2f GB/s, R² %.3f"
                        .formatted(
                                transport.title(),
                                model.latency() * MICROS,
                                model.bandwidth() / GIGA,
                                model.rSquared()));
                fitted.add(ExchangeFigures.of(transport, model));
                predictions.addAll(predict(model));
                out.print(ExchangeFigures.predictions(predictions));
            }
        }
        report.put(
                "measurements", measurements.stream().map(ExchangeFigures::of).toList());
        report.put("models", fitted);
        report.put("predictions", predictions.stream().map(ExchangeFigures::of).toList());
        Report.judge(report, List.of());
        if (json != null) {
            Report.write(report, json, out);
        }
        out.flush();
        return 0;
    }

    private List<Measurement> measure(Transport transport) {
        List<Meter> meters = new ArrayList<>();
        try {
            for (String title : models) {
                for (int count : workers) {
                    meters.add(new Meter(transport, title, BenchModel.of(title).network(), count));
                }
            }
            for (int round = 0; round < warmUps + pairs; round++) {
                for (Meter meter : meters) {
                    meter.run(steps, round < warmUps);
                }
            }
            return meters.stream().map(Meter::measurement).toList();
        } finally {
            meters.forEach(Meter::close);
        }
    }

    private static CostModel fit(List<Measurement> measured) {
        return CostModel.fit(measured.stream()
                .filter(measurement -> measurement.workers() > 1)
                .map(measurement -> new CostModel.Point(
                        measurement.messages(), measurement.bytes(), Statistics.median(measurement.seconds())))
                .toList());
    }

    private List<Prediction> predict(CostModel measured) {
        List<Prediction> predictions = new ArrayList<>();
        for (String title : models) {
            BenchModel model = BenchModel.of(title);
            double compute = compute(model);
            double gradient = (double) model.network().layout().gradientLength() * Float.BYTES;
            for (double speed : gigabits) {
                Algorithm.Network network = new Algorithm.Network(speed, delay / MICROS);
                for (int count : executors) {
                    for (Algorithm algorithm : Algorithm.values()) {
                        double exchange = algorithm.seconds(count, gradient, network, measured);
                        predictions.add(new Prediction(title, algorithm, count, speed, compute, exchange));
                    }
                }
            }
        }
        return predictions;
    }

    /** A step of one executor with one thread, in seconds. */
    private double compute(BenchModel model) {
        try (Side engine = new EngineSide(new Workload(model, batch, steps, 1))) {
            engine.round();
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < ENGINE_ROUNDS; i++) {
                Round round = engine.round();
                seconds.add(round.seconds() / steps);
            }
            return Statistics.median(seconds);
        }
    }

    private void check() {
        check("--pairs", pairs, 1);
        check("--warm-ups", warmUps, 0);
        check("--steps", steps, 1);
        check("--batch", batch, 1);
        workers.forEach(count -> check("--workers", count, 1));
        executors.forEach(count -> check("--executors", count, 2));
        if (!(delay >= 0) || gigabits.stream().anyMatch(speed -> !(speed > 0))) {
            throw wrong("Invalid `--delay-us` or `--gigabits`: must not be negative, and speeds above 0. Received: "
                    + delay + ", " + gigabits);
        }
        try {
            models.forEach(BenchModel::of);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        if (json != null && !Report.canWrite(json)) {
            throw wrong("Invalid `--json`: its folder must exist. Received: " + json);
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

package org.lockstep.examples.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lockstep.examples.bench.exchange.Algorithm;
import org.lockstep.examples.bench.exchange.CostModel;
import org.lockstep.examples.bench.exchange.Link;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.Prediction;
import org.lockstep.examples.bench.ours.EngineSide;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The exchange alone, and what follows for clusters that are not here; JSON as {@link Report} says. */
@Command(
        name = "exchange",
        mixinStandardHelpOptions = true,
        description = {
            "The exchange of gradients and the update alone, bytes, rounds and time of a step, among workers that compute"
                    + " nothing: memory, threads of this JVM; sockets, threads that exchange over the network, on the"
                    + " loopback interface; one machine, processes as executors of one machine, which share its memory;"
                    + " processes, each in a network namespace of its own, first with links as fast as"
                    + " the machine, then with slower ones. Namespaces need Linux, iproute2 and root; without them"
                    + " processes share the loopback interface, and slower links are left out.",
            "To that a cost model is fitted: a worker's processor spends so much on each message, byte and operation. From"
                    + " it, and from the engine's step on one thread, steps on clusters are foretold, for the direct and the"
                    + " hierarchical exchange, which keep the order of sums, and for a ring, which does not. No overlap of"
                    + " exchange and computing is assumed, and no two executors share a link."
        })
final class Exchanges implements Callable<Integer> {

    private static final int ENGINE_ROUNDS = 3;
    private static final double MICROS = 1e6;

    /** Addresses of one small network. */
    private static final int MOST_WORKERS = 250;

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
            description = "How many exchange (default ${DEFAULT-VALUE}).")
    private List<Integer> workers = List.of();

    @Option(
            names = "--links",
            split = ",",
            defaultValue = "2,1",
            description = "Gigabits per second of the slower links, each way (default ${DEFAULT-VALUE}).")
    private List<Double> links = List.of();

    @Option(
            names = "--link-delay-us",
            defaultValue = "200",
            description = "Microseconds that they delay, where the kernel can (default ${DEFAULT-VALUE}).")
    private double linkDelay;

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

    @Mixin
    private Settings settings = new Settings();

    @Override
    public Integer call() throws IOException {
        check();
        Processors processors = Processors.here();
        Map<String, Object> report = settings.begin(processors, Map.of());
        settings.out().println("Processors: " + processors.describe());
        List<Link> slower =
                links.stream().map(speed -> new Link(speed, linkDelay / MICROS)).toList();
        List<Measurement> all = new ExchangeRuns(settings, models, workers).all(slower, processors);
        report.put("measurements", all.stream().map(ExchangeFigures::of).toList());
        ExchangeModels fitted = ExchangeModels.fit(all, processors.numbers().size());
        settings.out().print(fitted.text());
        report.put("models", fitted.figures());
        report.put("checks", fitted.checks());
        List<Prediction> predictions = new ArrayList<>();
        fitted.best().ifPresent(model -> predictions.addAll(predict(model)));
        if (!predictions.isEmpty()) {
            settings.out().print(ExchangeTables.of(predictions));
        }
        report.put("predictions", predictions.stream().map(ExchangeFigures::of).toList());
        return settings.end(report, Bars.judgeExchanges(all));
    }

    private List<Prediction> predict(CostModel measured) {
        List<Prediction> predictions = new ArrayList<>();
        for (String title : models) {
            BenchModel model = BenchModel.of(title);
            double compute = compute(model);
            double numbers = model.network().layout().gradientLength();
            for (double speed : gigabits) {
                Link link = new Link(speed, delay / MICROS);
                for (int count : executors) {
                    for (Algorithm algorithm : Algorithm.values()) {
                        double exchange = algorithm.seconds(count, numbers, link, measured);
                        predictions.add(new Prediction(title, algorithm, count, speed, compute, exchange));
                    }
                }
            }
        }
        return predictions;
    }

    /** A step of one executor with one thread, in seconds. */
    private double compute(BenchModel model) {
        int steps = settings.steps();
        try (Side engine = new EngineSide(new Workload(model, batch, steps, 1))) {
            engine.round();
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < ENGINE_ROUNDS; i++) {
                seconds.add(engine.round().seconds() / steps);
            }
            return Statistics.median(seconds);
        }
    }

    private void check() {
        settings.check();
        settings.check("--batch", batch, 1);
        workers.forEach(count -> settings.check("--workers", count, 1));
        executors.forEach(count -> settings.check("--executors", count, 2));
        if (Collections.max(workers) > MOST_WORKERS) {
            throw settings.wrong("--workers", "must be at most " + MOST_WORKERS, workers.toString());
        }
        positive("--links", links);
        positive("--gigabits", gigabits);
        notNegative("--link-delay-us", linkDelay);
        notNegative("--delay-us", delay);
        models.forEach(title -> settings.refuse(() -> BenchModel.of(title)));
    }

    private void positive(String option, List<Double> values) {
        if (values.stream().anyMatch(value -> !(value > 0))) {
            throw settings.wrong(option, "must be positive", values.toString());
        }
    }

    private void notNegative(String option, double value) {
        if (!(value >= 0)) {
            throw settings.wrong(option, "must not be negative", Double.toString(value));
        }
    }
}

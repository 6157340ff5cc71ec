package org.lockstep.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.lockstep.examples.bench.input.GeneratedImages;
import org.lockstep.examples.bench.input.Pipeline;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The input pipeline alone, then a training on it beside one on the same images in memory; JSON as {@link Report} says. */
@Command(
        name = "input",
        mixinStandardHelpOptions = true,
        description = {
            "Batches per second of the input pipeline alone, from JPEG files that are made for the run: read, decode,"
                    + " resize, flip; in the taking thread (0 workers) and in 1 and 2 threads beside it.",
            "Then a training on local[2]. Sides: trainer_jpeg, on such files; trainer_2, on the same images decoded"
                    + " before. What training waited for input is shown as its stall."
        })
final class Input implements Callable<Integer> {

    private static final List<Entrant> SIDES = List.of(Entrant.TRAINER_2, Entrant.TRAINER_JPEG);
    private static final int THREADS = 2;
    private static final List<Integer> PIPELINE_WORKERS = List.of(0, 1, 2);

    @Option(
            names = "--models",
            split = ",",
            defaultValue = "vgg",
            description = "Networks that train on colour images (default ${DEFAULT-VALUE}).")
    private List<String> models = List.of();

    @Option(
            names = "--workers",
            defaultValue = "1",
            description = "Threads of each shard that make batches for the training (default ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--pixels",
            split = ",",
            defaultValue = "32:32,256:224",
            paramLabel = "FILE:INPUT",
            description = "For the pipeline alone, width of the files' images and of what they are resized to"
                    + " (default ${DEFAULT-VALUE}).")
    private List<String> pixels = List.of();

    @Option(
            names = "--pipeline-images",
            defaultValue = "640",
            description = "Images of a round of the pipeline alone (default ${DEFAULT-VALUE}).")
    private int images;

    @Option(
            names = "--pipeline-rounds",
            defaultValue = "9",
            description = "Rounds of the pipeline alone, after one to warm up (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--pipeline-batch",
            defaultValue = "32",
            description = "Images of a batch of the pipeline alone (default ${DEFAULT-VALUE}).")
    private int batch;

    @Mixin
    private Settings settings = new Settings();

    @Mixin
    private Comparison comparison = new Comparison();

    @Override
    public Integer call() throws IOException {
        List<int[]> sizes = check();
        Path folder = Files.createTempDirectory("bench-input");
        try {
            return comparison.run(
                    settings,
                    models,
                    SIDES,
                    Entrant.TRAINER_JPEG,
                    THREADS,
                    (model, size, steps, threads) -> files(folder, model, size, steps, threads),
                    (report, out) -> pipelines(folder, sizes, report, out));
        } finally {
            delete(folder);
        }
    }

    private Workload files(Path folder, BenchModel model, int size, int steps, int threads) {
        Path zip = zip(folder, steps * size, model.edge());
        return new Workload(model, size, steps, threads, zip.toString(), workers);
    }

    private static Path zip(Path folder, int count, int width) {
        Path zip = folder.resolve("%d-images-of-%d.zip".formatted(count, width));
        if (!Files.exists(zip)) {
            try {
                GeneratedImages.write(zip, count, width, Workload.SEED);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return zip;
    }

    private void pipelines(Path folder, List<int[]> sizes, Map<String, Object> report, PrintWriter out) {
        List<Map<String, Object>> all = new ArrayList<>();
        out.println(
                "%-12s %8s %14s %19s %10s".formatted("JPEG, input", "workers", "batches/s", "interval", "images/s"));
        for (int[] size : sizes) {
            List<Pipeline> pipelines = PIPELINE_WORKERS.stream()
                    .map(count -> new Pipeline(zip(folder, images, size[0]), size[0], size[1], batch, count))
                    .toList();
            List<List<Double>> speeds = speeds(pipelines);
            for (int i = 0; i < pipelines.size(); i++) {
                Pipeline pipeline = pipelines.get(i);
                List<Double> speed = speeds.get(i);
                Statistics.Interval interval = Statistics.medianInterval(speed);
                out.println("%-12s %8d %14.1f %19s %10.0f"
                        .formatted(
                                size[0] + ", " + size[1],
                                pipeline.workers(),
                                Statistics.median(speed),
                                "[%.1f, %.1f]".formatted(interval.low(), interval.high()),
                                Statistics.median(speed) * batch));
                all.add(figures(pipeline, speed));
            }
        }
        out.flush();
        report.put("pipelines", all);
    }

    /** Batches per second of each, measured in turn. */
    private List<List<Double>> speeds(List<Pipeline> pipelines) {
        List<List<Double>> speeds = new ArrayList<>();
        pipelines.forEach(pipeline -> speeds.add(new ArrayList<>()));
        try {
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < pipelines.size(); i++) {
                    double seconds = pipelines.get(i).secondsPerBatch();
                    if (round > 0) {
                        speeds.get(i).add(1 / seconds);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot measure the input: interrupted", e);
        }
        return speeds;
    }

    private static Map<String, Object> figures(Pipeline pipeline, List<Double> speed) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pixels", pipeline.pixels());
        map.put("edge", pipeline.edge());
        map.put("batch", pipeline.batch());
        map.put("workers", pipeline.workers());
        map.put("batches_per_second", Figures.summary(speed));
        map.put(
                "images_per_second",
                Figures.summary(
                        speed.stream().map(value -> value * pipeline.batch()).toList()));
        return map;
    }

    /** The pairs of sizes, all options checked. */
    private List<int[]> check() {
        settings.check("--workers", workers, 0);
        settings.check("--pipeline-rounds", rounds, 1);
        settings.check("--pipeline-batch", batch, 1);
        settings.check("--pipeline-images", images, batch);
        List<int[]> sizes = new ArrayList<>();
        for (String pair : pixels) {
            if (!pair.matches("[1-9][0-9]{0,3}:[1-9][0-9]{0,3}")) {
                throw settings.wrong("--pixels", "must be pairs such as 32:32", pair);
            }
            int colon = pair.indexOf(':');
            sizes.add(new int[] {Integer.parseInt(pair.substring(0, colon)), Integer.parseInt(pair.substring(colon + 1))
            });
        }
        for (String model : models) {
            settings.refuse(() -> BenchModel.of(model));
            if (BenchModel.of(model).channels() == 1) {
                throw settings.wrong("--models", "must take colour images", model);
            }
        }
        return sizes;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

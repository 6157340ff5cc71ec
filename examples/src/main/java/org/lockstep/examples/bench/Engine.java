package org.lockstep.examples.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.lockstep.examples.bench.side.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A training step of Lockstep's engine in one process, beside its limit and its peers; JSON as {@link Report} says. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = {
            "Training steps in one process, on batches in memory.",
            "Sides: primitives, the network's convolutions alone as bare oneDNN calls (forward, gradients of data and"
                    + " weights): the limit; engine, Lockstep's network, average and update; engine_bf16, the same with"
                    + " mixed_bfloat16, where the CPU knows it; engine_momentum and engine_adam, with these optimizers in the place"
                    + " of plain SGD; dl4j, as it is shipped; pytorch, by its Java bindings, in"
                    + " the best of several settings.",
            "Each side is a JVM of its own, pinned to its processors, and idles while another is measured."
        })
final class Engine implements Callable<Integer> {

    private static final List<Entrant> SIDES = List.of(
            Entrant.PRIMITIVES,
            Entrant.ENGINE,
            Entrant.ENGINE_BF16,
            Entrant.ENGINE_MOMENTUM,
            Entrant.ENGINE_ADAM,
            Entrant.DL4J,
            Entrant.PYTORCH);

    @Option(
            names = "--models",
            split = ",",
            defaultValue = "lenet,vgg,resnet20,mobilenet",
            description = "Networks (default ${DEFAULT-VALUE}).")
    private List<String> models = List.of();

    @Option(names = "--threads", description = "Threads of each side (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private Settings settings = new Settings();

    @Mixin
    private Comparison comparison = new Comparison();

    @Override
    public Integer call() throws IOException {
        return comparison.run(settings, models, SIDES, Entrant.ENGINE, threads, Workload::new, (report, out) -> {});
    }
}

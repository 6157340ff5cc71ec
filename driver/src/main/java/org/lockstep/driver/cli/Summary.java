package org.lockstep.driver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.JobConf;
import org.lockstep.conf.json.JobFile;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.driver.files.KerasFile;
import org.lockstep.driver.files.SavedModel;
import org.lockstep.executor.step.MemoryUse;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep summary}: a model's layers, and the memory that it takes. */
@Command(name = "summary", description = "Print a model's layers, shapes and parameters as Keras does.")
final class Summary implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A .keras or .h5 file, a model's .json, or a job file.")
    private Path file = Path.of("");

    @Option(names = "--memory", description = "Add the native memory that a batch takes in training and in inference.")
    private boolean memory;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Samples of the batch that --memory is about; else the job file's, or Keras's 32.")
    private @Nullable Integer batchSize;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A model with what its memory hangs on. */
    private record Described(Model model, CompileConf compile, ClusterConf cluster, int batchSize) {}

    @Override
    public Integer call() throws IOException {
        Described described = read();
        PrintWriter out = spec.commandLine().getOut();
        out.println(described.model().summary());
        if (memory) {
            out.println(memory(described));
        }
        out.flush();
        return 0;
    }

    private Described read() throws IOException {
        String name = file.toString();
        CompileConf any = CompileConf.of(CompileConf.DEFAULT_OPTIMIZER, "mse");
        ClusterConf alone = ClusterConf.of();
        int usual = FitConf.of().samplesPerBatch();
        if (name.endsWith(".keras") || KerasFile.isLegacy(name)) {
            SavedModel saved = KerasFile.load(name);
            CompileConf compile = saved.compile();
            return new Described(saved.model(), compile == null ? any : compile, alone, usual);
        } else if (name.endsWith(".json")) {
            return new Described(KerasJson.fromJson(Files.readString(file)), any, alone, usual);
        }
        JobConf job = JobFile.read(file);
        return new Described(
                job.model(), job.compile(), job.cluster(), job.fit().samplesPerBatch());
    }

    private String memory(Described described) {
        int samples = batchSize == null ? described.batchSize() : batchSize;
        if (samples < 1) {
            throw new IllegalArgumentException("Invalid `--batch-size`: must be positive. Received: " + samples);
        }
        try (Network network = Networks.create(
                described.cluster().engine(),
                described.model(),
                described.compile(),
                described.cluster().threadsPerShard())) {
            MemoryUse use = network.memory(samples);
            return line("Training", samples, use.trainingBytes(), use.trainingBytesPerImage())
                    + line("Inference", samples, use.inferenceBytes(), use.inferenceBytesPerImage())
                            .stripTrailing();
        }
    }

    private static String line(String use, int samples, long bytes, long perImage) {
        return String.format(
                Locale.ROOT,
                " %s memory: %,d bytes per image (%,d for a batch of %d)%n",
                use,
                perImage,
                bytes,
                samples);
    }
}

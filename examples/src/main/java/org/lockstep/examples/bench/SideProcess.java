package org.lockstep.examples.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

/**
 * A side in a JVM of its own, with this JVM's options and class path, so that neither side meets the other's threads,
 * heap or compiled code. It stays alive, and idle, between its epochs.
 */
final class SideProcess implements Side {

    private static final long END_SECONDS = 20;

    private final Entrant entrant;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final String description;

    SideProcess(Entrant entrant, Workload workload) {
        this.entrant = entrant;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SideMain.class.getName()));
        command.addAll(List.of(entrant.name(), workload.master(), Integer.toString(workload.steps())));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            // As many threads as cores: Spark's workers. ND4J's own choice gives each worker several, and is slower.
            builder.environment().put("OMP_NUM_THREADS", "1");
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = process.outputWriter(UTF_8);
        answers = process.inputReader(UTF_8);
        description = answer();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public double epoch() {
        return ask(SideMain.EPOCH);
    }

    @Override
    public double accuracy() {
        return ask(SideMain.ACCURACY);
    }

    private double ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw ended(e);
        }
        return Double.parseDouble(answer());
    }

    private String answer() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(SideMain.MARK)) {
                    return line.substring(SideMain.MARK.length());
                }
                System.err.println(line);
            }
            throw ended(null);
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private IllegalStateException ended(@Nullable IOException cause) {
        return new IllegalStateException(
                "Cannot measure " + entrant.title() + ": its process has ended; the reason is above", cause);
    }

    /** Ends the process: with its input where it obeys, else by force. */
    @Override
    public void close() {
        try {
            commands.close();
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // The process is gone already, or it is destroyed below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}

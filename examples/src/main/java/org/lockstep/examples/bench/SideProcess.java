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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

/**
 * A side in a JVM of its own, with this JVM's options, so that no side meets another's threads, heap, libraries or compiled
 * code. It stays alive, and idle, between its rounds.
 */
final class SideProcess implements Side {

    /** The property that names a folder with Spark's {@code jars}. */
    private static final String SPARK_HOME = "lockstep.spark.home";

    private static final long END_SECONDS = 20;

    private final Entrant entrant;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final String description;

    SideProcess(Entrant entrant, Workload workload, Processors processors) {
        this.entrant = entrant;
        List<String> command = new ArrayList<>(processors.pin(entrant.processors(workload)));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", classPath(entrant), SideMain.class.getName(), entrant.name()));
        command.addAll(workload.words());
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(sparkHome());
            builder.environment().putAll(entrant.environment(workload));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = process.outputWriter(UTF_8);
        answers = process.inputReader(UTF_8);
        description = answer();
    }

    private static String classPath(Entrant entrant) {
        String peer = entrant.peer();
        return peer == null ? System.getProperty("java.class.path") : Peers.classPath(peer);
    }

    /** What executors of a local cluster are started with. */
    private static Map<String, String> sparkHome() {
        String home = System.getProperty(SPARK_HOME);
        return home == null ? Map.of() : Map.of("SPARK_HOME", home, "SPARK_SCALA_VERSION", "2.12");
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Round round() {
        return Round.parse(ask(SideMain.ROUND));
    }

    @Override
    public double accuracy() {
        return Double.parseDouble(ask(SideMain.ACCURACY));
    }

    private String ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw ended(e);
        }
        return answer();
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

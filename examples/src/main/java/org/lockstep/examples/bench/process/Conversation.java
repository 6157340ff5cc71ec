package org.lockstep.examples.bench.process;

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

/** A process of our own that answers lines with lines. It ends with its input. */
public final class Conversation implements AutoCloseable {

    /** What answers begin with; other lines of its standard output are passed on. */
    static final String MARK = "bench> ";

    private static final long END_SECONDS = 20;

    private final String title;
    private final Process process;
    private final Writer said;
    private final BufferedReader answers;

    /**
     * Starts a process; its standard error is this one's.
     *
     * @param title for messages
     * @param environment variables on top of this process's
     */
    public Conversation(String title, List<String> command, Map<String, String> environment) {
        this.title = title;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        said = process.outputWriter(UTF_8);
        answers = process.inputReader(UTF_8);
    }

    /** The command of a JVM with this one's options. */
    public static List<String> java(String classPath, List<String> options, Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        return command;
    }

    /** Says a line and waits for the answer. */
    public String ask(String line) {
        say(line);
        return answer();
    }

    /** Says a line, whose {@link #answer} is to be taken later. */
    public void say(String line) {
        try {
            said.write(line + "\n");
            said.flush();
        } catch (IOException e) {
            throw ended(e);
        }
    }

    /** Waits for the next answer. */
    public String answer() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(MARK)) {
                    return line.substring(MARK.length());
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
                "Cannot measure " + title + ": its process has ended; the reason is above", cause);
    }

    /** Ends the process: with its input where it obeys, else by force. */
    @Override
    public void close() {
        try {
            said.close();
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

package org.lockstep.examples.doors;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * One run of {@code bin/lockstep} as a process of its own, with what it printed (output and errors together).
 *
 * <p>It runs what the build has made, never Maven. A run past its deadline is killed, children included, and fails.
 */
record Door(int exitCode, String output) {

    private static final Path ROOT = Path.of(System.getProperty("lockstep.root"));
    private static final int POLL_MILLIS = 100;
    static final Path NOTHING = Path.of("/dev/null");

    /** Runs {@code bin/lockstep} with these arguments while something is done to it. */
    static Door run(Duration deadline, Meanwhile meanwhile, String... arguments)
            throws IOException, InterruptedException {
        return run(deadline, NOTHING, Map.of(), meanwhile, arguments);
    }

    /** Runs {@code bin/lockstep} with these arguments and nothing on standard input. */
    static Door run(Duration deadline, String... arguments) throws IOException, InterruptedException {
        return run(deadline, NOTHING, Map.of(), arguments);
    }

    /** Runs {@code bin/lockstep} with these arguments, a file on standard input and variables added to the environment. */
    static Door run(Duration deadline, Path input, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return run(deadline, input, environment, (process, output) -> {}, arguments);
    }

    /** Something done to a run while it goes on. */
    interface Meanwhile {

        /**
         * Called once, when the process has started.
         *
         * @param output where it prints
         */
        void act(Process process, Path output) throws IOException, InterruptedException;
    }

    /** Kills one of the executors of a submitted job with SIGKILL, once the job has printed a text. */
    static Meanwhile killAnExecutorAfter(String text, Duration deadline) {
        return (process, output) -> {
            long end = System.nanoTime() + deadline.toNanos();
            while (!Files.readString(output).contains(text)) {
                if (process.waitFor(POLL_MILLIS, MILLISECONDS) || System.nanoTime() > end) {
                    throw new AssertionError("Cannot kill an executor: the job did not print \"" + text + "\"\n"
                            + Files.readString(output));
                }
            }
            process.descendants()
                    .filter(child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("Cannot kill an executor: there is none"))
                    .destroyForcibly();
        };
    }

    private static Door run(
            Duration deadline, Path input, Map<String, String> environment, Meanwhile meanwhile, String... arguments)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(ROOT.resolve("examples/target/doors"));
        Path output = Files.createTempFile(folder, arguments[0] + "-", ".log");
        List<String> command = Stream.concat(
                        Stream.of(ROOT.resolve("bin/lockstep").toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LOCKSTEP_BUILD", "off");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            meanwhile.act(process, output);
            if (!process.waitFor(deadline.toSeconds(), SECONDS)) {
                throw new AssertionError(
                        "Cannot finish within " + deadline + ": " + command + "\n" + Files.readString(output));
            }
            return new Door(process.exitValue(), Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The assembled application, natives inside. */
    static Path assembly() {
        return Path.of(System.getProperty("lockstep.assembly"));
    }

    /** A jar of a test's one class, such as the main class of a job. */
    static Path jar(Path folder, Class<?> job) throws IOException {
        Path jar = folder.resolve(job.getSimpleName() + ".jar");
        String name = job.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = Objects.requireNonNull(job.getResourceAsStream("/" + name))) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
        }
        return jar;
    }

    /** The jars of the SPARK_HOME that the build made. */
    static Path sparkJars() {
        return Path.of(System.getProperty("lockstep.spark.home")).resolve("jars");
    }

    /** A file of the examples, as {@code notebooks/first-steps.scala}. */
    static Path example(String name) {
        return ROOT.resolve("examples").resolve(name);
    }
}

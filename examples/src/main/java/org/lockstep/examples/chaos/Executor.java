package org.lockstep.examples.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lockstep.examples.programs.Programs;

/**
 * An executor's process.
 *
 * @param id Spark's
 */
record Executor(String id, String host, ProcessHandle process) {

    private static final Path PROCESSES = Path.of("/proc");
    private static final String BACKEND = "CoarseGrainedExecutorBackend";

    /** Those that were started in a folder, and of one application where it is named. */
    static List<Executor> in(Path folder, String application) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.flatMap(process -> of(process, folder, application).stream())
                    .toList();
        }
    }

    private static Optional<Executor> of(ProcessHandle process, Path folder, String application) {
        try {
            Path place = PROCESSES.resolve(Long.toString(process.pid()));
            Path works = place.resolve("cwd").toRealPath();
            if (!works.startsWith(folder) || !works.toString().contains(application)) {
                return Optional.empty();
            }
            List<String> words =
                    Arrays.asList(new String(Files.readAllBytes(place.resolve("cmdline")), UTF_8).split("\0"));
            return words.stream().anyMatch(word -> word.endsWith(BACKEND))
                    ? Optional.of(new Executor(after("--executor-id", words), after("--hostname", words), process))
                    : Optional.empty();
        } catch (IOException e) {
            // It has ended meanwhile, or is somebody else's.
            return Optional.empty();
        }
    }

    private static String after(String word, List<String> words) {
        return words.get(words.indexOf(word) + 1);
    }

    void signal(String name) {
        Programs.run("kill", "-" + name, Long.toString(process.pid()));
    }

    String place() {
        return "%s (%s)".formatted(id, host);
    }
}

package org.lockstep.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processors that sides are pinned to: a side that uses n of them gets the first n, so that the scheduler moves none of
 * its threads elsewhere and all sides run on the same.
 *
 * @param numbers of the processors, or those of this process where they cannot be pinned
 * @param program the {@code taskset} that pins; null where there is none
 */
record Processors(List<Integer> numbers, @Nullable Path program) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    Processors {
        numbers = List.copyOf(numbers);
    }

    /** Those that this process may use, pinned by {@code taskset} where it is installed. */
    static Processors here() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            String list = lines.filter(line -> line.startsWith(ALLOWED))
                    .map(line -> line.substring(ALLOWED.length()).trim())
                    .findFirst()
                    .orElse("");
            if (!list.isEmpty()) {
                return new Processors(parse(list), taskset());
            }
        } catch (IOException e) {
            // No Linux: nothing is pinned.
        }
        int count = Runtime.getRuntime().availableProcessors();
        return new Processors(Stream.iterate(0, i -> i + 1).limit(count).toList(), null);
    }

    /** The numbers of a list such as {@code 0-2,5}. */
    static List<Integer> parse(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",")) {
            int dash = range.indexOf('-');
            int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1));
            for (int i = from; i <= to; i++) {
                numbers.add(i);
            }
        }
        return List.copyOf(numbers);
    }

    private static @Nullable Path taskset() {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
                .map(folder -> Path.of(folder, "taskset"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** The words before a command that pin it to so many processors; none where that cannot be done. */
    List<String> pin(int processors) {
        if (program == null) {
            return List.of();
        }
        List<String> first = numbers.stream()
                .limit(processors)
                .map(number -> Integer.toString(number))
                .toList();
        return List.of(program.toString(), "--cpu-list", String.join(",", first));
    }

    /** What is pinned, in a line. */
    String describe() {
        return program == null
                ? "not pinned: there is no taskset on the PATH"
                : "pinned by taskset, in this order: " + numbers;
    }
}

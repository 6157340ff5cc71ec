package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Many steps in one JVM: native memory and live objects stay as they are. {@code -Dlockstep.soak.steps=10000} runs it.
 *
 * <p>The heap of that JVM has one size from the beginning, all of it resident: so what is added to the resident size later is
 * native memory, and what is added to the heap after a collection is live. The longest pause is told only: on a machine that
 * does other work it has little meaning, and {@code bench} judges pauses where nothing else runs.
 */
@EnabledIfSystemProperty(named = "lockstep.soak.steps", matches = "\\d+")
class SoakTest {

    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
    private static final long MOST_RESIDENT_GROWTH = 24L << 20;
    private static final long MOST_HEAP_GROWTH = 4L << 20;

    /** What {@link SoakRun} saw: bytes when a fifth of the epochs was over and at the end, and the longest pause between. */
    record Result(
            int epochs,
            int steps,
            long earlyResident,
            long lateResident,
            long earlyHeap,
            long lateHeap,
            long pauseMillis) {

        private static final String MARK = "soak";

        String words() {
            return "%s %d %d %d %d %d %d %d"
                    .formatted(MARK, epochs, steps, earlyResident, lateResident, earlyHeap, lateHeap, pauseMillis);
        }

        static Result parse(String words) {
            long[] numbers = Stream.of(words.split(" "))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Result(
                    (int) numbers[0], (int) numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
        }

        String text() {
            return "%d steps in %d epochs: %d MB resident and %.1f MB live after a fifth, %d MB and %.1f MB at the end; longest GC pause in between %d ms"
                    .formatted(
                            steps,
                            epochs,
                            earlyResident >> 20,
                            earlyHeap / 1048576.0,
                            lateResident >> 20,
                            lateHeap / 1048576.0,
                            pauseMillis);
        }
    }

    @Test
    void manySteps_memoryStaysFlat() throws Exception {
        Result result = run(Integer.getInteger("lockstep.soak.steps", 0));

        System.out.println(result.text());
        assertThat(result.lateResident() - result.earlyResident())
                .as("growth of the resident size: %s", result.text())
                .isLessThan(MOST_RESIDENT_GROWTH);
        assertThat(result.lateHeap() - result.earlyHeap())
                .as("growth of the live heap: %s", result.text())
                .isLessThan(MOST_HEAP_GROWTH);
    }

    private static Result run(int steps) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-Dlockstep"))
                .forEach(command::add);
        command.addAll(HEAP);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SoakRun.class.getName()));
        command.add(Integer.toString(steps));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
            assertThat(process.waitFor())
                    .as("exit status of %s", String.join("\n", lines))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
        return Result.parse(lines.stream()
                .filter(line -> line.startsWith(Result.MARK))
                .reduce((first, second) -> second)
                .orElseThrow());
    }
}

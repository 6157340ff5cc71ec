package org.lockstep.examples.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.conf.json.Json;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The JSON file of a run. All four benchmarks have
 *
 * <ul>
 *   <li>{@code benchmark}, {@code date} (UTC), {@code command};
 *   <li>{@code machine}: {@code cpu}, {@code cores}, {@code os}, {@code arch}, {@code java}, {@code load_before}, {@code
 *       processors} (how sides are pinned);
 *   <li>{@code settings}: {@code pairs}, {@code warm_ups}, {@code steps}, where sides race {@code warm_up_seconds};
 *   <li>{@code bars}: for each bar that was measured {@code bar} (in words), {@code model}, {@code batch} (not of an
 *       exchange), {@code quantity}, {@code bound}, {@code median}, {@code low}, {@code high}, {@code coverage}, {@code
 *       passed};
 *   <li>{@code passed}: whether all of them are.
 * </ul>
 *
 * Engine, train and input have {@code contests}, one for each model and batch: {@code model}, {@code batch}, {@code steps},
 * {@code threads}, {@code sides} and {@code ratios}. A side has {@code name}, {@code description}, {@code images} (of a
 * round), {@code step_ms}, {@code images_per_second}, {@code seconds} (of each round) and, where it has them, {@code
 * accuracy} and summaries of {@link org.lockstep.examples.bench.side.Round}'s figures: {@code stall_seconds}, {@code
 * start_up_seconds}, {@code allocated_bytes_per_step}, {@code longest_gc_pause_ms}, {@code resident_bytes}, {@code
 * epoch_boundary_ms}, {@code exchange_ms_per_step}. A ratio has {@code ours}, {@code other} and a summary of images per
 * second. A summary is {@code median}, {@code min}, {@code max}, and the median's interval {@code low} to {@code high} with
 * its {@code coverage}.
 *
 * <p>Input also has {@code pipelines}: {@code pixels}, {@code edge}, {@code batch}, {@code workers}, {@code
 * batches_per_second}, {@code images_per_second} (summaries).
 *
 * <p>Exchange has
 *
 * <ul>
 *   <li>{@code measurements}: {@code transport}, for slower links {@code link_gigabits_per_second} and {@code
 *       link_delay_us}, {@code model}, {@code numbers} (in the gradient), {@code workers}, {@code rounds}, {@code
 *       messages_per_worker} and {@code bytes_per_worker} (that a worker must send in a step), {@code step_ms}, and for
 *       processes {@code sent_bytes_per_worker}, as the system counts them;
 *   <li>{@code models}: {@code transport}, {@code message_us}, {@code byte_ns}, {@code operation_ns}, {@code mean_residual},
 *       {@code residuals} ({@code model}, {@code workers}, {@code measured_ms}, {@code foretold_ms}, {@code residual});
 *   <li>{@code checks}: the same for slower links, which the models were not fitted to, with {@code transport};
 *   <li>{@code predictions}: {@code model}, {@code algorithm}, {@code executors}, {@code gigabits_per_second}, {@code
 *       compute_ms}, {@code exchange_ms}, {@code step_ms}, {@code efficiency}.
 * </ul>
 */
final class Report {

    private Report() {}

    /** Whether the file can be written to, as far as that can be told before. */
    static boolean canWrite(Path file) {
        return Files.isDirectory(file.toAbsolutePath().resolveSibling(""));
    }

    /** What all reports begin with. */
    static Map<String, Object> begin(CommandSpec command, Map<String, Object> machine) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", command.name());
        report.put("date", Instant.now().toString());
        report.put(
                "command",
                "bin/lockstep bench "
                        + String.join(
                                " ", command.commandLine().getParseResult().originalArgs()));
        report.put("machine", machine);
        return report;
    }

    /** What all reports end with. */
    static void judge(Map<String, Object> report, List<Verdict> verdicts) {
        report.put("bars", verdicts.stream().map(Figures::of).toList());
        report.put("passed", verdicts.stream().allMatch(Verdict::passed));
    }

    static void write(Map<String, Object> report, Path file, PrintWriter out) throws IOException {
        Files.writeString(file, Json.writePretty(report) + "\n");
        out.println("Figures: " + file);
    }
}

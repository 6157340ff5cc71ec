package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.conf.json.Json;
import picocli.CommandLine;

/** The benchmark's machinery, both JVMs included; what it measures here means nothing. */
class EngineIT {

    @TempDir
    Path folder;

    @Test
    void engine_smallestRun_writesTheDocumentedKeys() throws Exception {
        Path json = folder.resolve("bench.json");
        String[] arguments = {
            "engine",
            "--sides",
            "primitives,engine",
            "--models",
            "lenet",
            "--batches",
            "4",
            "--pairs",
            "1",
            "--warm-ups",
            "0",
            "--warm-up-seconds",
            "0",
            "--steps",
            "2",
            "--threads",
            "1",
            "--report-only",
            "--json",
            json.toString()
        };
        StringWriter out = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));

        assertThat(commandLine.execute(arguments)).as(out.toString()).isZero();

        Map<String, Object> report = Json.parseObject(Files.readString(json));
        assertThat(report)
                .containsOnlyKeys("benchmark", "date", "command", "machine", "settings", "contests", "bars", "passed")
                .containsEntry("benchmark", "engine")
                .containsEntry("command", "bin/lockstep bench " + String.join(" ", arguments))
                .containsEntry("settings", Map.of("pairs", 1, "warm_ups", 0, "steps", 2, "warm_up_seconds", 0));
        assertThat((List<?>) report.get("contests")).hasSize(1);
        assertThat(report.get("contests"))
                .asString()
                .contains("bare convolutions of oneDNN 3.", "Lockstep's engine", "allocated_bytes_per_step");
        assertThat(report.get("bars")).asString().contains("engine takes at most 1.6 x the time of primitives");
        assertThat(out.toString()).contains("Processors: ", "round 1/1, images/s: primitives ", "engine / primitives");
    }
}

package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.conf.json.Json;
import picocli.CommandLine;

/** The benchmark's machinery, both JVMs included; what it measures here means nothing. */
@Tag("spark")
class TrainIT {

    @TempDir
    Path folder;

    @Test
    void train_smallestRun_writesTheDocumentedKeys() throws Exception {
        Path json = folder.resolve("bench.json");
        String[] arguments = {
            "train", "--pairs", "1", "--warm-ups", "0", "--steps", "2", "--goal", "0", "--json", json.toString()
        };
        StringWriter out = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));

        assertThat(commandLine.execute(arguments)).as(out.toString()).isZero();

        Map<String, Object> report = Json.parseObject(Files.readString(json));
        assertThat(report)
                .containsOnlyKeys(
                        "benchmark",
                        "date",
                        "command",
                        "machine",
                        "workload",
                        "sides",
                        "pairs",
                        "ratio",
                        "goal",
                        "passed")
                .containsEntry("benchmark", "train")
                .containsEntry("command", "bin/lockstep bench " + String.join(" ", arguments))
                .containsEntry(
                        "workload",
                        Map.of(
                                "master",
                                "local[2]",
                                "steps",
                                2,
                                "images",
                                128,
                                "global_batch",
                                64,
                                "learning_rate",
                                0.05,
                                "warm_ups",
                                0));
        assertThat(report.get("sides"))
                .asString()
                .contains("oneDNN 3.", "dl4j-spark_2.12-", "nd4j-native", "Spark 3.5");
        assertThat(out.toString()).contains("pair 1/1: ", "median ratio ");
    }
}

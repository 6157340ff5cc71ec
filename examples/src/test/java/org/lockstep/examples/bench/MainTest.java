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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.json.Json;
import picocli.CommandLine;

class MainTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        engine | --pairs    | 0       | Invalid `--pairs`: must be at least 1. Received: 0
        engine | --warm-ups | -1      | Invalid `--warm-ups`: must be at least 0. Received: -1
        engine | --warm-up-seconds | -1 | Invalid `--warm-up-seconds`: must be at least 0. Received: -1
        engine | --steps    | 0       | Invalid `--steps`: must be at least 1. Received: 0
        engine | --batches  | 64,0    | Invalid `--batches`: must be at least 1. Received: 0
        engine | --threads  | 0       | Invalid `--threads`: must be at least 1. Received: 0
        engine | --models   | alexnet | Invalid `models`: must be among [lenet, vgg, resnet20, mobilenet]. Received: alexnet
        engine | --sides    | bigdl   | Invalid `sides`: must be among [primitives, engine, engine_bf16, engine_momentum, engine_adam, dl4j, pytorch]. Received: bigdl
        engine | --sides    | pytorch | Cannot measure pytorch: it is not built. `bin/lockstep bench` builds it
        train  | --batches  | 33      | Invalid `--batches`: must be even where shard_1 takes part. Received: [33]
        train  | --pairs    | many    | Invalid value for option '--pairs': 'many' is not an int
        train  | --rounds   | 3       | Unknown options: '--rounds', '3'
        """)
    void wrongArguments_areRefusedByName(String command, String option, String value, String message) {
        // The peers are not needed to tell that something else is wrong.
        String sides = option.equals("--batches") && command.equals("train") ? "shard_1" : "engine";
        String[] arguments = option.equals("--sides")
                ? new String[] {command, option, value}
                : new String[] {command, "--sides", sides, option, value};

        assertThat(run(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith(message);
    }

    @Test
    void jsonInNoFolder_isRefusedBeforeMeasuring() {
        assertThat(run("train", "--sides", "engine", "--json", "/no/such/folder/bench.json"))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith("Invalid `--json`: its folder must exist. Received: /no/such/folder/bench.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine", "train"})
    void help_namesWhatIsMeasuredAndItsDefaults(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString())
                .contains("--json=FILE", "(default 9)", "Sides: ", "(default lenet,vgg,resnet20,mobilenet)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        exchange | --workers         | 2,0    | Invalid `--workers`: must be at least 1. Received: 0
        exchange | --executors       | 1      | Invalid `--executors`: must be at least 2. Received: 1
        exchange | --workers         | 1,251  | Invalid `--workers`: must be at most 250. Received: [1, 251]
        exchange | --gigabits        | 0      | Invalid `--gigabits`: must be positive. Received: [0.0]
        exchange | --links           | 1,-1   | Invalid `--links`: must be positive. Received: [1.0, -1.0]
        exchange | --delay-us        | -1     | Invalid `--delay-us`: must not be negative. Received: -1.0
        exchange | --models          | alexnet | Invalid `models`: must be among [lenet, vgg, resnet20, mobilenet]. Received: alexnet
        input    | --workers         | -1     | Invalid `--workers`: must be at least 0. Received: -1
        input    | --pixels          | 32     | Invalid `--pixels`: must be pairs such as 32:32. Received: 32
        input    | --models          | lenet  | Invalid `--models`: must take colour images. Received: lenet
        input    | --pipeline-images | 8      | Invalid `--pipeline-images`: must be at least 32. Received: 8
        """)
    void wrongArgumentsOfParts_areRefusedByName(String command, String option, String value, String message) {
        assertThat(run(command, option, value)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith(message);
    }

    @Test
    void exchange_smallestRun_foretellsEverySize() throws Exception {
        Path json = folder.resolve("exchange.json");

        int code = run(
                "exchange",
                "--models",
                "vgg",
                "--workers",
                "1,2,3",
                "--pairs",
                "1",
                "--warm-ups",
                "0",
                "--steps",
                "1",
                "--batch",
                "1",
                "--executors",
                "32,64",
                "--gigabits",
                "10",
                "--links",
                "5",
                "--report-only",
                "--json",
                json.toString());

        assertThat(code).as(err.toString()).isZero();
        Map<String, Object> report = Json.parseObject(Files.readString(json));
        assertThat(report)
                .containsOnlyKeys(
                        "benchmark",
                        "date",
                        "command",
                        "machine",
                        "settings",
                        "measurements",
                        "models",
                        "checks",
                        "predictions",
                        "bars",
                        "passed");
        assertThat((List<?>) report.get("measurements")).hasSizeGreaterThanOrEqualTo(12);
        assertThat((List<?>) report.get("models")).hasSize(4);
        assertThat((List<?>) report.get("predictions")).hasSize(6);
        assertThat(report.get("bars")).asString().contains("bytes on the wire");
        assertThat(out.toString()).contains("a message", "hierarchical", "ring (*)");
    }

    @Test
    void noCommand_isAnError() {
        assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("Missing required subcommand");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}

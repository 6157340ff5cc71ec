package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --pairs    | 0     | Invalid `--pairs`: must be at least 1. Received: 0
                    --warm-ups | -1    | Invalid `--warm-ups`: must be at least 0. Received: -1
                    --steps    | 0     | Invalid `--steps`: must be at least 1. Received: 0
                    --master   | yarn  | Invalid `--master`: must be a local master, where memory exchange works. Received: yarn
                    --pairs    | many  | Invalid value for option '--pairs': 'many' is not an int
                    --rounds   | 3     | Unknown options: '--rounds', '3'
                    """)
    void train_wrongArguments_areRefusedByName(String option, String value, String message) {
        assertThat(run("train", option, value)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith(message);
    }

    @Test
    void train_jsonInNoFolder_isRefusedBeforeMeasuring() {
        assertThat(run("train", "--json", "/no/such/folder/bench.json")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith("Invalid `--json`: its folder must exist. Received: /no/such/folder/bench.json");
    }

    @Test
    void help_namesWhatIsMeasuredAndItsDefaults() {
        assertThat(run("train", "--help")).isZero();
        assertThat(out.toString()).contains("--json=FILE", "Measured pairs (default 9).", "(default local[2])");
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

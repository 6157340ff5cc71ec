package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        engine | --pairs    | 0       | Invalid `--pairs`: must be at least 1. Received: 0
        engine | --warm-ups | -1      | Invalid `--warm-ups`: must be at least 0. Received: -1
        engine | --steps    | 0       | Invalid `--steps`: must be at least 1. Received: 0
        engine | --batches  | 64,0    | Invalid `--batches`: must be at least 1. Received: 0
        engine | --threads  | 0       | Invalid `--threads`: must be at least 1. Received: 0
        engine | --models   | alexnet | Invalid `models`: must be among [lenet, vgg]. Received: alexnet
        engine | --sides    | bigdl   | Invalid `sides`: must be among [primitives, engine, dl4j, pytorch]. Received: bigdl
        engine | --sides    | pytorch | Cannot measure pytorch: it is not built. `bin/lockstep bench` builds it
        train  | --pairs    | many    | Invalid value for option '--pairs': 'many' is not an int
        train  | --rounds   | 3       | Unknown options: '--rounds', '3'
        """)
    void wrongArguments_areRefusedByName(String command, String option, String value, String message) {
        // The peers are not needed to tell that something else is wrong.
        String sides = option.equals("--sides") ? value : "engine";
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
        assertThat(out.toString()).contains("--json=FILE", "(default 9)", "Sides: ", "(default lenet,vgg)");
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

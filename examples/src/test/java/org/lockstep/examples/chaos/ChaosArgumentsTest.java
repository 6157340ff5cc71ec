package org.lockstep.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChaosArgumentsTest {

    @ParameterizedTest
    @CsvSource({
        "--faults, 0, must be at least 1. Received: 0",
        "--workers, 1, must be at least 2. Received: 1",
        "--trainings, -1, must be at least 1",
        "--kinds, flood, 'must be of kill, stop and cut. Received: flood'",
        "--json, /nowhere/a.json, its folder must exist"
    })
    void wrongArgument_namedBeforeAnythingStarts(String option, String value, String rule) {
        StringWriter said = new StringWriter();
        int status = Main.commandLine().setErr(new PrintWriter(said)).execute(option, value);
        assertThat(status).isEqualTo(2);
        assertThat(said.toString()).contains("Invalid `" + option + "`", rule);
    }
}

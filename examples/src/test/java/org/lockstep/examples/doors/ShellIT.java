package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The door of the Spark shell: a notebook goes in on standard input, as a user would paste it. */
@Tag("spark")
class ShellIT {

    @Test
    void firstSteps_onStandardInput_runToTheLastLine() throws Exception {
        Door door = Door.run(
                Duration.ofMinutes(3),
                Door.example("notebooks/first-steps.scala"),
                Map.of(),
                "shell",
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false");

        assertThat(door.exitCode()).as(door.output()).isZero();
        assertThat(door.output())
                .contains("Epoch 2/2", "history: {accuracy=[", "predicted: ", "first steps: done")
                .doesNotContain("error:", "Error", "Exception");
    }
}

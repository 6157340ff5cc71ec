package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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

    @Test
    void sequenceTypedIntoTheShell_trainsOnAnExecutorInThreadsAndInChildren() throws Exception {
        URL script = Objects.requireNonNull(ShellIT.class.getResource("typed-sequence.scala"));
        Door door = Door.run(
                Duration.ofMinutes(3),
                Path.of(script.toURI()),
                Map.of(),
                "shell",
                "--master",
                "local-cluster[1,2,1024]",
                "--conf",
                "spark.ui.enabled=false");

        List<String> weights = Pattern.compile("typed: weights [0-9a-f]{64}")
                .matcher(door.output())
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(weights).as(door.output()).hasSize(2);
        assertThat(weights.get(0)).isEqualTo(weights.get(1));
    }
}

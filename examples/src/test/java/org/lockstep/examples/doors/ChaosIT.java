package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.conf.json.Json;

/** A few faults of {@code bin/lockstep chaos}, one of each kind that this machine allows. */
@Tag("spark")
class ChaosIT {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @Test
    void executorsAreKilledStoppedAndCutOff_sameBitsAndNothingIsLeft() throws Exception {
        Path json = folder.resolve("chaos.json");
        Door door = Door.run(
                DEADLINE, "chaos", "--faults", "3", "--trainings", "1", "--pace-ms", "30", "--json", json.toString());
        String said = door.output();
        assertThat(said).contains("the same bits").doesNotContain("OTHER BITS").contains("3 of 3 faults");
        List<?> kinds = (List<?>)
                Objects.requireNonNull(Json.parseObject(Files.readString(json)).get("kinds"));
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(2);
        for (Object kind : kinds) {
            assertThat(said).containsPattern("step \\d+: " + kind + " executor \\d+ \\(");
        }
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains("lockstep-chaos")))
                .isEmpty();
    }
}

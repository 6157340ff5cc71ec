package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The trainer's side on Spark, in its own JVM; what it measures here means nothing. */
@Tag("spark")
class TrainIT {

    @Test
    void train_smallestRun_trainsOnSpark() {
        StringWriter out = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));

        int code = commandLine.execute(
                "train",
                "--sides",
                "trainer_2",
                "--models",
                "lenet",
                "--pairs",
                "1",
                "--warm-ups",
                "0",
                "--warm-up-seconds",
                "0",
                "--steps",
                "2",
                "--report-only");

        assertThat(code).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("Lockstep on local[2], 2 shard(s), Spark 3.5", "round 1/1, images/s: trainer_2 ")
                .contains("a step of trainer_2 takes at most 19 ms");
    }
}

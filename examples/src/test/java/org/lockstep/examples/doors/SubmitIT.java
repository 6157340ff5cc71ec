package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.examples.Digits;

/** The door of spark-submit: the assembled jar on executors of their own, in a SPARK_HOME of Maven's jars. */
@Tag("spark")
class SubmitIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void assembledJar_onTwoExecutors_loadsBothNatives() throws Exception {
        Door door = Door.run(
                DEADLINE,
                "submit",
                "--master",
                "local-cluster[2,1,1024]",
                "--conf",
                "spark.ui.enabled=false",
                "--jars",
                Door.jar(folder, ProbeJob.class).toString(),
                "--class",
                ProbeJob.class.getName(),
                Door.assembly().toString());

        assertThat(door.exitCode()).as(door.output()).isZero();
        assertThat(door.output())
                .contains("probe: executor=remote nd4j=8 onednn=3.11 cpu opened=true logger=slf4j")
                .contains("probe: executor=remote nd4j=27 onednn=3.11 cpu opened=true logger=slf4j");
    }

    @Test
    void digits_onTwoExecutors_learnAndEndWithTheBitsOfOneThread() throws Exception {
        Door one = digits("local[1]");
        Door cluster = digits("local-cluster[2,1,1024]");

        assertThat(lines(cluster)).hasSize(3).isEqualTo(lines(one));
        double accuracy =
                Double.parseDouble(lines(cluster).get(1).replaceFirst("^digits: held-out accuracy ([0-9.]+)$", "$1"));
        assertThat(accuracy).isGreaterThan(0.5);
    }

    @Test
    void digits_anExecutorIsKilled_endWithTheBitsOfOneThread() throws Exception {
        Door one = digits("local[1]");
        Door wounded = digits("local-cluster[2,1,1024]", Door.killAnExecutorAfter("Epoch 2/2", DEADLINE));

        assertThat(wounded.output()).contains("Lost executor");
        assertThat(lines(wounded)).hasSize(3).isEqualTo(lines(one));
    }

    private static Door digits(String master) throws Exception {
        return digits(master, (process, output) -> {});
    }

    private static Door digits(String master, Door.Meanwhile meanwhile) throws Exception {
        Door door = Door.run(
                DEADLINE,
                meanwhile,
                "submit",
                "--master",
                master,
                "--conf",
                "spark.ui.enabled=false",
                "--class",
                Digits.class.getName(),
                Door.assembly().toString());
        assertThat(door.exitCode()).as(door.output()).isZero();
        return door;
    }

    /** What the story says of its training, weights included. */
    private static List<String> lines(Door door) {
        return door.output().lines().filter(line -> line.startsWith("digits: ")).toList();
    }

    @Test
    void usersSequence_onTwoExecutors_inThreadsAndInChildren_endsWithTheBitsOfOneThread() throws Exception {
        List<String> one = sequence("local[1]");
        List<String> cluster = sequence("local-cluster[2,1,1024]");

        assertThat(cluster).hasSize(2).containsOnly(one.get(0)).isEqualTo(one);
    }

    private List<String> sequence(String master) throws Exception {
        Door door = Door.run(
                DEADLINE,
                "submit",
                "--master",
                master,
                "--conf",
                "spark.ui.enabled=false",
                "--jars",
                Door.jar(folder, SequenceJob.class).toString(),
                "--class",
                SequenceJob.class.getName(),
                Door.assembly().toString());
        assertThat(door.exitCode()).as(door.output()).isZero();
        return door.output()
                .lines()
                .filter(line -> line.startsWith("sequence: weights "))
                .toList();
    }

    @Test
    void unknownClass_failsAndNamesIt() throws Exception {
        Door door = Door.run(
                DEADLINE,
                "submit",
                "--master",
                "local[1]",
                "--class",
                "org.lockstep.NoSuchMain",
                Door.assembly().toString());

        assertThat(door.exitCode()).isNotZero();
        assertThat(door.output()).contains("org.lockstep.NoSuchMain");
    }
}

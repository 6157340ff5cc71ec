package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of an RDD on executors of their own, whose disks hold the shard files. */
@Tag("spark")
class RowsIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final String LOST = "LostShardFileException: Cannot read shard file \\d+: no executor has it";
    private static final String CHANGED = "Cannot rebuild shard file \\d+: its checksum [0-9a-f]{64} differs from the"
            + " first one, [0-9a-f]{64}: the rows are not the same when computed again";

    @TempDir
    Path folder;

    @Test
    void anExecutorIsKilled_lostFilesAreNamedAndRebuiltWithTheirBits() throws Exception {
        Door one = run("local[1]", RowsJob.class, (process, output) -> {});
        Door cluster = run("local-cluster[2,1,1024]", RowsJob.class, (process, output) -> {});

        assertThat(lines(cluster, "rows: ")).hasSize(4).isEqualTo(lines(one, "rows: "));
        assertThat(lines(cluster, "rows, wounded: ")).hasSize(2).satisfies(wounds -> {
            assertThat(wounds.get(0)).containsPattern(LOST);
            assertThat(wounds.get(1)).matches("rows, wounded: " + CHANGED);
        });
    }

    @Test
    void training_anExecutorIsKilled_endsWithTheBitsOfOneThread() throws Exception {
        Door one = run("local[1]", RowsTraining.class, (process, output) -> {});
        Door wounded =
                run("local-cluster[2,1,1024]", RowsTraining.class, Door.killAnExecutorAfter("Epoch 2/3", DEADLINE));

        assertThat(wounded.output())
                .contains("Lost executor")
                .contains("shard files were lost, and computed again with the checksums that they had");
        assertThat(lines(wounded, "rows: ")).hasSize(3).isEqualTo(lines(one, "rows: "));
    }

    private Door run(String master, Class<?> job, Door.Meanwhile meanwhile) throws Exception {
        Door door = Door.run(
                DEADLINE,
                meanwhile,
                "submit",
                "--master",
                master,
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.kryo.registrationRequired=true",
                "--jars",
                Door.jar(folder, job).toString(),
                "--class",
                job.getName(),
                Door.assembly().toString());
        assertThat(door.exitCode()).as(door.output()).isZero();
        return door;
    }

    private static List<String> lines(Door door, String start) {
        return door.output().lines().filter(line -> line.startsWith(start)).toList();
    }
}

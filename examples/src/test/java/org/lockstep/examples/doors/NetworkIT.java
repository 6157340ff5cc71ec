package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network exchange among executors of their own, one of which dies. */
@Tag("spark")
class NetworkIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private static @Nullable Door alone;

    @TempDir
    Path folder;

    @Test
    void anExecutorDiesInAnEpoch_endsWithTheBitsOfOneThreadAndLeavesNothing() throws Exception {
        Door one = alone();
        Door cluster = run("local-cluster[2,1,1024]", true);

        List<String> lines = lines(cluster);
        assertThat(lines).hasSize(3).isEqualTo(lines(one));
        assertThat(lines.get(0)).isEqualTo(lines.get(1));
        assertThat(lines.get(2)).isEqualTo("network: left 0");
        assertThat(cluster.output())
                .contains("exchange: auto takes network")
                .contains("2 workers on 2 executors")
                .contains(Files.isDirectory(Path.of("/dev/shm")) ? "memory: shared" : "memory: not shared")
                .containsPattern(
                        "Cannot train epoch 1: .*(137|closed).* Going back from step \\d+ to step 0 of epoch 1");
    }

    /** Over the network, as on machines of their own: what goes through memory is not encrypted. */
    @Test
    void executorsThatAuthenticateAndEncrypt_endWithTheBitsOfOneThread() throws Exception {
        Files.createFile(folder.resolve("marker"));
        Door secure = run(
                "local-cluster[2,1,1024]",
                false,
                "spark.authenticate=true",
                "spark.authenticate.secret=known to this application",
                "spark.network.crypto.enabled=true");

        assertThat(lines(secure)).isEqualTo(lines(alone()));
        assertThat(secure.output())
                .contains("2 workers on 2 executors")
                .contains("memory: not shared")
                .doesNotContain("Going back");
    }

    /** The bits of one thread. */
    private Door alone() throws Exception {
        Door before = alone;
        Door door = before == null ? run("local[1]", true) : before;
        alone = door;
        return door;
    }

    private Door run(String master, boolean sharesMemory, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("submit", "--master", master));
        for (String setting : settings) {
            arguments.add("--conf");
            arguments.add(setting);
        }
        arguments.addAll(List.of(
                "--conf",
                "spark.ui.enabled=false",
                "--jars",
                Door.jar(folder, NetworkJob.class).toString(),
                "--class",
                NetworkJob.class.getName(),
                Door.assembly().toString(),
                folder.resolve("marker").toString(),
                Boolean.toString(sharesMemory)));
        Door door = Door.run(DEADLINE, arguments.toArray(String[]::new));
        assertThat(door.exitCode()).as(door.output()).isZero();
        return door;
    }

    private static List<String> lines(Door door) {
        return door.output()
                .lines()
                .filter(line -> line.startsWith("network: "))
                .toList();
    }
}

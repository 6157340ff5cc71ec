package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                probeJar().toString(),
                "--class",
                ProbeJob.class.getName(),
                Door.assembly().toString());

        assertThat(door.exitCode()).as(door.output()).isZero();
        assertThat(door.output())
                .contains("probe: executor=remote nd4j=8 onednn=3.11 cpu opened=true logger=slf4j")
                .contains("probe: executor=remote nd4j=27 onednn=3.11 cpu opened=true logger=slf4j");
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

    private Path probeJar() throws IOException {
        Path jar = folder.resolve("probe.jar");
        String name = ProbeJob.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = ProbeJob.class.getResourceAsStream("/" + name)) {
            assertThat(in).isNotNull();
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
        }
        return jar;
    }
}

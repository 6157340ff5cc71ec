package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/lockstep} says where it cannot start. */
class LauncherIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    @Test
    void anotherJdk_isRefusedByVersion() throws Exception {
        java("echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

        Door door = start();

        assertThat(door.exitCode()).isEqualTo(1);
        assertThat(door.output())
                .isEqualTo("lockstep: Cannot start: JDK 17 is needed; set JAVA_HOME to one." + " Received: 11.0.2 at "
                        + home + "/bin/java\n");
    }

    @Test
    void javaHomeWithoutJava_isRefusedByName() throws Exception {
        Door door = start();

        assertThat(door.exitCode()).isEqualTo(1);
        assertThat(door.output())
                .isEqualTo("lockstep: Cannot start: JAVA_HOME has no bin/java. Received: JAVA_HOME=" + home + "\n");
    }

    @Test
    void jdk17_isGivenOptionsClassPathAndArguments() throws Exception {
        java("if [[ $1 == -version ]]; then echo 'openjdk version \"17.0.15\"' >&2; else printf '%s\\n' \"$@\"; fi");

        Door door = start();

        assertThat(door.exitCode()).as(door.output()).isZero();
        assertThat(door.output()).contains("/conf/jvm.options\n", "/dnnl-").endsWith("Main\ntrain\nmy job.yaml\n");
    }

    private Door start() throws Exception {
        return Door.run(DEADLINE, Door.NOTHING, Map.of("JAVA_HOME", home.toString()), "train", "my job.yaml");
    }

    private void java(String script) throws Exception {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/usr/bin/env bash\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

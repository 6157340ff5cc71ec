package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** This JVM was started with {@code conf/jvm.options}, as every JVM of Lockstep is. */
class JvmOptionsTest {

    @Test
    void jvmOptions_openAllThatThisSparkAsksFor() {
        String[] asked = JavaModuleOptions.defaultModuleOptions().trim().split("\\s+");

        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments()).contains(asked);
    }
}

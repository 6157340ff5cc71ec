package org.lockstep.examples.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What the assembled jar holds, and what it leaves to Spark. */
class AssemblyIT {

    @Test
    void natives_ofThisPlatform_areInside() throws IOException {
        try (ZipFile jar = new ZipFile(Door.assembly().toFile())) {
            assertThat(jar.getEntry("org/bytedeco/dnnl/linux-x86_64/libjnidnnl.so"))
                    .isNotNull();
            assertThat(jar.getEntry("org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64/libnd4jcpu.so"))
                    .isNotNull();
        }
    }

    @Test
    void classes_areNeverInSparksJarsToo() throws IOException {
        Set<String> ours = classes(Door.assembly());
        assertThat(ours.size()).isGreaterThan(1000);
        try (Stream<Path> jars = Files.list(Door.sparkJars())) {
            for (Path jar : jars.toList()) {
                Set<String> both = classes(jar);
                both.retainAll(ours);
                assertThat(both).as(jar.toString()).isEmpty();
            }
        }
    }

    private static Set<String> classes(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }
}

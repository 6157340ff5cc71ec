package org.lockstep.executor.step.onednn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.lockstep.executor.step.NetworkProvider;

class NativesTest {

    /** The same class path without the platform's jars. */
    private static URL[] classPathWithoutNatives() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(Loader.getPlatform() + ".jar"))
                .map(NativesTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void missingNatives_areNamedWithTheRemedy() throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(classPathWithoutNatives(), ClassLoader.getPlatformClassLoader())) {
            Object provider = loader.loadClass(OnednnProvider.class.getName())
                    .getConstructor()
                    .newInstance();
            Class<?> type = loader.loadClass(NetworkProvider.class.getName());
            try {
                type.getMethod("describe").invoke(provider);
            } catch (InvocationTargetException e) {
                assertThat(e.getCause())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("oneDNN's native library for " + Loader.getPlatform() + " does not load")
                        .hasMessageContaining("org.bytedeco:dnnl and org.bytedeco:opencl on the class path");
                return;
            }
            throw new AssertionError("oneDNN loaded without its natives");
        }
    }

    @Test
    void interruptedThread_loadsThemAllTheSame() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.canCreateSymbolicLink=false",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        InterruptedLoad.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("oneDNN", ", interrupted");
    }
}

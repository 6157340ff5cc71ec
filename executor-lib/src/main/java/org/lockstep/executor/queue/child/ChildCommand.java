package org.lockstep.executor.queue.child;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lockstep.conf.InputConf;
import org.lockstep.data.Batch;

/**
 * The command line of a child: this JVM's java, class path, {@code -D} and {@code --add-…} options; a heap of a quarter of this
 * JVM's, divided by the number of children, 256 MB at least; one thread for garbage. A child without memory ends: its
 * successor starts afresh, which a decoder that leaks may need.
 *
 * <p>A shell moves the pipe that the child would print to out of the way, to descriptor 3, so that what Java or native code
 * prints there does no harm.
 */
final class ChildCommand {

    /** Where a child writes its replies. */
    static final String REPLIES = "/proc/self/fd/3";

    private static final long MEGABYTE = 1 << 20;
    private static final long LEAST_HEAP = 256;

    private ChildCommand() {}

    static List<String> of(int children) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" 3>&1 1>&2", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(inherited());
        command.add("-Xmx%dm".formatted(heap(children)));
        command.addAll(List.of("-XX:ParallelGCThreads=1", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("-cp", classPath(), ChildMain.class.getName()));
        return command;
    }

    private static List<String> inherited() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-")
                        || (argument.startsWith("-D") && !argument.startsWith("-Dcom.sun.management.")))
                .toList();
    }

    private static long heap(int children) {
        return Math.max(LEAST_HEAP, Runtime.getRuntime().maxMemory() / 4 / children / MEGABYTE);
    }

    /** This JVM's class path, and Lockstep's own jars where Spark has fetched them besides it. */
    private static String classPath() {
        Set<String> parts = new LinkedHashSet<>();
        parts.add(System.getProperty("java.class.path"));
        for (Class<?> type : List.of(ChildMain.class, Batch.class, InputConf.class)) {
            parts.add(place(type));
        }
        return String.join(File.pathSeparator, parts);
    }

    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("Cannot start child processes: no file holds " + type.getName());
        }
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot find the file that holds " + type.getName(), e);
        }
    }
}

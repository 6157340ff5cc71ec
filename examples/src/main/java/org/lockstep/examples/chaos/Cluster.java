package org.lockstep.examples.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A standalone master and its workers, one core each, as processes of this machine; each on a node of its own if there are. */
final class Cluster implements AutoCloseable {

    /** The property that names a folder with Spark's {@code jars}. */
    static final String SPARK_HOME = "lockstep.spark.home";

    private static final String MEMORY = "1g";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 50_000_000;

    private final Path home;
    private final Path folder;
    private final @Nullable Lan lan;
    private final String host;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    /**
     * Starts the processes.
     *
     * @param folder for their logs and what executors write
     */
    Cluster(Path home, Path folder, int workers, @Nullable Lan lan) {
        this.home = home;
        this.folder = folder;
        this.lan = lan;
        this.host = lan == null ? "127.0.0.1" : lan.host();
        this.port = freePort();
        try {
            startAll(workers);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startAll(int workers) {
        start("master", List.of(), host, "org.apache.spark.deploy.master.Master", "--port", Integer.toString(port));
        awaitMaster();
        for (int worker = 0; worker < workers; worker++) {
            start(
                    "worker-" + worker,
                    lan == null ? List.of() : lan.on(worker),
                    lan == null ? host : lan.host(worker),
                    "org.apache.spark.deploy.worker.Worker",
                    "--cores",
                    "1",
                    "--memory",
                    MEMORY,
                    "--work-dir",
                    folder.resolve("work-" + worker).toString(),
                    url());
        }
    }

    /** Workers and drivers that come too early try again much later. */
    private void awaitMaster() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isListening()) {
            checkAlive();
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "Cannot go on: the master does not listen within %d seconds".formatted(PATIENCE.toSeconds()));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(host, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(String name, List<String> before, String at, String main, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Xm"))
                .forEach(command::add);
        String settings = Objects.requireNonNullElse(System.getenv("SPARK_CONF_DIR"), "");
        command.addAll(List.of("-Xmx512m", "-cp", settings + ":" + home.resolve("jars/*"), main));
        command.addAll(List.of("--host", at, "--webui-port", "0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME",
                        home.toString(),
                        "SPARK_SCALA_VERSION",
                        "2.12",
                        "SPARK_LOCAL_IP",
                        at,
                        "SPARK_LOCAL_DIRS",
                        folder.resolve("local").toString()));
        builder.environment().remove("JDK_JAVA_OPTIONS");
        try {
            processes.add(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "spark://%s:%d".formatted(host, port);
    }

    /** The address of the driver. */
    String host() {
        return host;
    }

    /** The processes of an application's executors. */
    List<Executor> executors(String application) {
        return Executor.in(folder, application);
    }

    void checkAlive() {
        if (processes.stream().anyMatch(process -> !process.isAlive())) {
            throw new IllegalStateException(
                    "Cannot go on: the master or a worker has ended; what they said is in " + folder);
        }
    }

    /** Cuts the node of an executor off. */
    void cut(Executor executor) {
        lan().cut(node(executor));
    }

    void mend(Executor executor) {
        lan().mend(node(executor));
    }

    private Lan lan() {
        return Objects.requireNonNull(lan, "no nodes");
    }

    private int node(Executor executor) {
        int node = 0;
        while (!lan().host(node).equals(executor.host())) {
            node++;
        }
        return node;
    }

    /** Ends all processes, executors included, and waits for that. */
    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(Cluster::await);
        for (List<Executor> left = executors(""); !left.isEmpty(); left = executors("")) {
            left.forEach(executor -> executor.process().destroyForcibly());
            left.forEach(executor -> executor.process().onExit().join());
        }
    }

    private static void await(Process process) {
        process.onExit().join();
    }

    /** Removes a folder and all that is in it. */
    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            System.err.println("chaos: cannot remove " + folder + ": " + e);
        }
    }
}

package org.lockstep.examples.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.examples.bench.process.Conversation;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

/**
 * A side in a JVM of its own, with this JVM's options, so that no side meets another's threads, heap, libraries or compiled
 * code. It stays alive, and idle, between its rounds.
 */
final class SideProcess implements Side {

    /** The property that names a folder with Spark's {@code jars}. */
    private static final String SPARK_HOME = "lockstep.spark.home";

    private final Conversation process;
    private final String description;

    SideProcess(Entrant entrant, Workload workload, Processors processors) {
        List<String> command = new ArrayList<>(processors.pin(entrant.processors(workload)));
        command.addAll(Conversation.java(classPath(entrant), List.of(), SideMain.class));
        command.add(entrant.name());
        command.addAll(workload.words());
        Map<String, String> environment = new HashMap<>(sparkHome());
        environment.putAll(entrant.environment(workload));
        process = new Conversation(entrant.title(), command, environment);
        try {
            description = process.answer();
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static String classPath(Entrant entrant) {
        String peer = entrant.peer();
        return peer == null ? System.getProperty("java.class.path") : Peers.classPath(peer);
    }

    /** What executors of a local cluster are started with. */
    private static Map<String, String> sparkHome() {
        String home = System.getProperty(SPARK_HOME);
        return home == null ? Map.of() : Map.of("SPARK_HOME", home, "SPARK_SCALA_VERSION", "2.12");
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Round round() {
        return Round.parse(process.ask(SideMain.ROUND));
    }

    @Override
    public double accuracy() {
        return Double.parseDouble(process.ask(SideMain.ACCURACY));
    }

    @Override
    public void close() {
        process.close();
    }
}

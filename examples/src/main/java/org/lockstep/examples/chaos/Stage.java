package org.lockstep.examples.chaos;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What must be gone in the end, also where somebody ends this process with Ctrl-C: processes first, then their network. */
final class Stage implements AutoCloseable {

    private final Path folder;
    private final Thread hook = new Thread(this::clear, "chaos-end");
    private @Nullable Lan lan;
    private @Nullable Cluster cluster;
    private boolean isOver;

    Stage(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    synchronized void lan(Lan made) {
        lan = made;
    }

    /** Starts the cluster. */
    synchronized Cluster start(Path home, int workers) {
        if (isOver) {
            throw new IllegalStateException("Cannot start a cluster: this process ends");
        }
        Cluster started = new Cluster(home, folder, workers, lan);
        cluster = started;
        return started;
    }

    private synchronized void clear() {
        isOver = true;
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
        if (lan != null) {
            lan.close();
            lan = null;
        }
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM ends, and the hook does its part.
        }
    }
}

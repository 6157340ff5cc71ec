package org.lockstep.executor.transport;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells the other ends of some links that this JVM lives, and closes links whose other end does not say so. */
final class Heartbeat implements AutoCloseable {

    private static final long PERIOD_MILLIS = 1000;

    private final Set<Link> links;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "lockstep-heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    Heartbeat(Set<Link> links) {
        this.links = links;
        var unused = thread.scheduleWithFixedDelay(this::beat, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        links.removeIf(link -> !link.isOpen());
        for (Link link : links) {
            if (link.silence() > Endpoint.SILENCE.toNanos()) {
                link.close("nothing came from it for " + Endpoint.SILENCE.toSeconds() + " seconds");
            } else {
                link.beat();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

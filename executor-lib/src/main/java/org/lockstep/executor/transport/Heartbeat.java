package org.lockstep.executor.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells the other ends of some links that this JVM lives, and closes links whose other end does not say so. */
final class Heartbeat implements AutoCloseable {

    private static final long LONGEST_PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** Within the silence that ends a link; some may be late. */
    private static final int BEATS = 6;

    /** From one beat to the next: a silence is ended when it has lasted, not up to a beat later. */
    private static final int LOOKS = 5;

    private final Set<Link> links;
    private final Duration silence;
    private long before = System.nanoTime();
    private int looks;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "lockstep-heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    Heartbeat(Set<Link> links, Duration silence) {
        this.links = links;
        this.silence = silence;
        long period = Math.min(LONGEST_PERIOD, silence.toNanos() / BEATS) / LOOKS;
        var unused = thread.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    private void look() {
        looks++;
        boolean beats = looks % LOOKS == 0;
        long now = System.nanoTime();
        boolean slept = now - before > silence.toNanos() / 2;
        before = now;
        links.removeIf(link -> !link.isOpen());
        for (Link link : links) {
            if (slept) {
                // This JVM stood still, and has not read what came meanwhile: the others are not to blame.
                link.heard();
            } else if (link.silence() > silence.toNanos()) {
                link.fallSilent("nothing came from it for %.1f seconds".formatted(link.silence() / 1e9));
                continue;
            }
            if (beats) {
                link.beat();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

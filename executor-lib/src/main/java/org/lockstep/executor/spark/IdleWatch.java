package org.lockstep.executor.spark;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread that ends what idles, again and again, as long as there is something to watch. */
final class IdleWatch {

    private static final Logger LOG = LoggerFactory.getLogger(IdleWatch.class);

    private final Duration period;
    private final Runnable endIdle;
    private final BooleanSupplier isOver;
    private boolean isRunning;

    /**
     * A watch that does not run yet.
     *
     * @param period from one look to the next
     * @param endIdle the look
     * @param isOver whether there is nothing left to watch
     */
    IdleWatch(Duration period, Runnable endIdle, BooleanSupplier isOver) {
        this.period = period;
        this.endIdle = endIdle;
        this.isOver = isOver;
    }

    /** There is something to watch. */
    synchronized void start() {
        if (!isRunning) {
            isRunning = true;
            Thread thread = new Thread(this::watch, "lockstep-idle-watch");
            thread.setDaemon(true);
            // It outlives the task that starts it, whose classes must not live on with it.
            thread.setContextClassLoader(IdleWatch.class.getClassLoader());
            thread.start();
        }
    }

    synchronized boolean isRunning() {
        return isRunning;
    }

    private void watch() {
        do {
            try {
                pause();
                endIdle.run();
            } catch (InterruptedException e) {
                LOG.warn("Nobody watches for idle runs until the next one begins: the thread was interrupted");
                stopped();
                return;
            } catch (RuntimeException e) {
                LOG.warn("Cannot end an idle run", e);
            }
        } while (goesOn());
    }

    /** Something has ended: where it was the last, so does the thread. */
    synchronized void look() {
        notifyAll();
    }

    /** Waits for a period, or until there is nothing left. */
    private synchronized void pause() throws InterruptedException {
        long end = System.nanoTime() + period.toNanos();
        long left = period.toNanos();
        while (left > 0 && !isOver.getAsBoolean()) {
            wait(Duration.ofNanos(left).toMillis() + 1);
            left = end - System.nanoTime();
        }
    }

    private synchronized void stopped() {
        isRunning = false;
    }

    /** Nothing can start to be watched between the look and the thread's end. */
    private synchronized boolean goesOn() {
        isRunning = !isOver.getAsBoolean();
        return isRunning;
    }
}

package org.lockstep.executor.step;

/**
 * Work in a thread of its own, which nobody interrupts. Natives are loaded so: JavaCPP takes a file's lock for that, which an
 * interruption breaks, and a class that has failed to load is never tried again in its JVM. Tasks are interrupted when their
 * job is cancelled, at any time.
 */
public final class Uninterrupted {

    private Uninterrupted() {}

    /** Runs some work and waits for its end; what it throws comes out here. An interruption meanwhile is kept for later. */
    public static void run(Runnable work) {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        failure[0] = e;
                    }
                },
                "lockstep-uninterrupted");
        thread.setDaemon(true);
        thread.start();
        boolean isInterrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure[0] instanceof Error error) {
            throw error;
        }
        if (failure[0] instanceof RuntimeException exception) {
            throw exception;
        }
    }
}

package org.lockstep.executor.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lockstep.executor.worker.Worker.StepListener;

/** The way of step reports from a worker to a driver in the same JVM, by run. */
public final class StepChannel {

    private static final Map<String, StepListener> LISTENERS = new ConcurrentHashMap<>();

    private StepChannel() {}

    /** Sends the steps of a run to a listener until the channel is closed. */
    public static void open(String runId, StepListener listener) {
        LISTENERS.put(runId, listener);
    }

    public static void close(String runId) {
        LISTENERS.remove(runId);
    }

    static StepListener of(String runId) {
        StepListener listener = LISTENERS.get(runId);
        if (listener == null) {
            throw new IllegalStateException("Cannot report steps of run " + runId
                    + ": its driver is in another JVM. The memory exchange is for local masters");
        }
        return listener;
    }
}

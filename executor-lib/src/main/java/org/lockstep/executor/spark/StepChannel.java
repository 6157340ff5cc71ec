package org.lockstep.executor.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Worker.StepListener;

/** What the workers of a run share with a driver in the same JVM: the state that they train, and whom they report to. */
public final class StepChannel {

    private static final Map<String, Ends> OPEN = new ConcurrentHashMap<>();

    private StepChannel() {}

    /** A run's two ends at the driver. */
    record Ends(TrainState state, StepListener listener, Consumer<Kernel> begins) {}

    /**
     * Lets the workers of a run train this state and report to this listener until the channel is closed.
     *
     * @param begins told what they compute with, before they do; may refuse it
     */
    public static void open(String runId, TrainState state, StepListener listener, Consumer<Kernel> begins) {
        OPEN.put(runId, new Ends(state, listener, begins));
    }

    public static void close(String runId) {
        OPEN.remove(runId);
    }

    static Ends of(String runId) {
        Ends ends = OPEN.get(runId);
        if (ends == null) {
            throw new IllegalStateException("Cannot train in run " + runId
                    + ": its driver is in another JVM. The memory exchange is for local masters");
        }
        return ends;
    }
}

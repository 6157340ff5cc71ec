package org.lockstep.executor.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.lockstep.executor.rendezvous.Outpost;

/** The outposts of the runs that go on in this JVM, by run; each leaves when its driver's port closes. */
public final class NetworkRuns {

    private static final Map<String, Outpost> OPEN = new HashMap<>();

    private NetworkRuns() {}

    /** The outpost of a run, opened at its first task. */
    static Outpost outpost(String runId, Directions directions) throws InterruptedException {
        synchronized (OPEN) {
            Outpost post = OPEN.get(runId);
            if (post == null || post.isOver()) {
                post = new Outpost(
                        SparkPorts.settings(
                                directions.bindAddress(),
                                directions.bindPort(),
                                directions.silence(),
                                directions.sharesMemory()),
                        directions.secret(),
                        directions.host(),
                        directions.port(),
                        SparkEnv.get().executorId(),
                        over -> end(runId, over));
                OPEN.put(runId, post);
            }
            return post;
        }
    }

    /** Called when the driver is gone, in a thread of the port that is to be closed. */
    private static void end(String runId, Outpost over) {
        Thread closing = new Thread(() -> close(runId, over), "lockstep-close");
        closing.setDaemon(true);
        closing.start();
    }

    private static void close(String runId, Outpost over) {
        synchronized (OPEN) {
            OPEN.remove(runId, over);
        }
        over.close();
    }

    /** The number of runs that have a port in this JVM. */
    public static int count() {
        synchronized (OPEN) {
            return OPEN.size();
        }
    }
}

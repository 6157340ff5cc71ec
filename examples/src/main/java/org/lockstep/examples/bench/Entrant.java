package org.lockstep.examples.bench;

import java.util.Locale;
import org.lockstep.examples.bench.peers.Dl4jSparkSide;
import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.Workload;

/** The systems that {@code bench train} compares. */
enum Entrant {
    LOCKSTEP,
    DL4J_SPARK;

    /** Starts Spark in this JVM and loads the data. */
    Side start(Workload workload) {
        return switch (this) {
            case LOCKSTEP -> new LockstepSide(workload);
            case DL4J_SPARK -> new Dl4jSparkSide(workload);
        };
    }

    /** The name in tables and as JSON key. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}

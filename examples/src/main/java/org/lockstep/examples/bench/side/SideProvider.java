package org.lockstep.examples.bench.side;

/** A system that is compared, found as a service: this package knows none, and its classes need not be there. */
public interface SideProvider {

    /** The name in tables and in JSON. */
    String title();

    /** Starts it in this JVM and loads the data. */
    Side start(Workload workload);
}

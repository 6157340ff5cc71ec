package org.lockstep.examples.bench.peers.dl4j;

import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.SideProvider;
import org.lockstep.examples.bench.side.Workload;

/** DL4J as it is shipped, in one process. */
public final class Dl4jProvider implements SideProvider {

    @Override
    public String title() {
        return "dl4j";
    }

    @Override
    public Side start(Workload workload) {
        return new Dl4jSide(workload);
    }
}

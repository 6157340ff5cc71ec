package org.lockstep.examples.bench.peers.dl4j;

import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.SideProvider;
import org.lockstep.examples.bench.side.Workload;

/** DL4J's own training on Spark. */
public final class Dl4jSparkProvider implements SideProvider {

    @Override
    public String title() {
        return "dl4j_spark";
    }

    @Override
    public Side start(Workload workload) {
        return new Dl4jSparkSide(workload);
    }
}

package org.lockstep.examples.bench.peers.pytorch;

import org.lockstep.examples.bench.side.Side;
import org.lockstep.examples.bench.side.SideProvider;
import org.lockstep.examples.bench.side.Workload;

/** PyTorch in one process. */
public final class PytorchProvider implements SideProvider {

    @Override
    public String title() {
        return "pytorch";
    }

    @Override
    public Side start(Workload workload) {
        return new PytorchSide(workload);
    }
}

package org.lockstep.executor.step;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The step of a shard without samples: it adds nothing to the sums of others. */
public final class EmptyStep implements TrainingStep {

    private final Iterator<Integer> pauses;
    private final BatchSums sums;

    /**
     * A step that only pauses.
     *
     * @param pauses the lengths of {@link Network#pauses}
     */
    public EmptyStep(List<Integer> pauses, BatchSums sums) {
        this.pauses = pauses.iterator();
        this.sums = sums;
    }

    @Override
    public double @Nullable [] advance() {
        return pauses.hasNext() ? new double[pauses.next()] : null;
    }

    @Override
    public BatchSums sums() {
        return sums;
    }
}

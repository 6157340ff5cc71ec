package org.lockstep.driver.launch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Kernel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one run computes with, from its first step, or from the checkpoint that it resumes, to its end. Thread-safe. */
public final class Kernels {

    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

    private final boolean acceptsOthers;
    private @Nullable Kernel kernel;
    private @Nullable Kernel resumed;

    /**
     * Kernels that are not known yet.
     *
     * @param acceptsOthers whether a resumed run may compute with others than it did
     */
    public Kernels(boolean acceptsOthers) {
        this.acceptsOthers = acceptsOthers;
    }

    /** The run goes on from a checkpoint that was computed with this; null where it does not say. */
    public synchronized void resume(@Nullable Kernel before) {
        if (acceptsOthers) {
            resumed = before;
        } else {
            kernel = before;
        }
    }

    /** What the run has computed with so far; null before its first step. */
    public synchronized @Nullable Kernel kernel() {
        return kernel;
    }

    /**
     * Notes what the run computes with from now on.
     *
     * @throws org.lockstep.executor.MixedKernelsException if places differ, or it did so with others before
     */
    synchronized void found(Map<String, Kernel> byPlace) {
        Kernel found = Kernel.common(byPlace, kernel);
        if (resumed != null && !resumed.computesLike(found)) {
            LOG.warn(
                    "Not the bits of a run that never stopped: up to the checkpoint it computed with {}, now with {}",
                    resumed,
                    found);
        }
        resumed = null;
        kernel = found;
    }
}

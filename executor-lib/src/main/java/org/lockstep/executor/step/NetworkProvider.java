package org.lockstep.executor.step;

import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.model.Model;

/**
 * One engine, found as a service so that this package knows none: see {@link Networks}.
 *
 * <p>This is the seam for an engine on another device. What crosses it in a step is a batch, the flat weights and the flat
 * gradient, all in the host's memory: where the exchange and the updates are, and little beside the step's arithmetic.
 */
public interface NetworkProvider {

    ClusterConf.Engine engine();

    /**
     * A network for a built model.
     *
     * @param threads how many the network uses inside one call; the bits of its results may depend on it
     * @throws IllegalStateException if the engine's native library does not load
     */
    Network create(Model model, CompileConf compile, int threads);

    /** The engine's version and the instruction set that it uses on this machine. */
    String describe();
}

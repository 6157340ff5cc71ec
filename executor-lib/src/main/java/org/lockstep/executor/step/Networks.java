package org.lockstep.executor.step;

import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.Sequential;

/** Makes networks by the name of their engine. */
public final class Networks {

    private Networks() {}

    /** A network of that engine for one thread. */
    public static Network create(ClusterConf.Engine engine, Sequential model, CompileConf compile, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("Invalid `threads`: must be positive. Received: " + threads);
        }
        throw new NotSupportedException("Cannot make a network: engine " + engine + " of " + model + compile + threads);
    }

    /** Engine, instruction set and threads, in a line. */
    public static String describe(ClusterConf.Engine engine, int threads) {
        return "engine " + engine + ", " + threads + " thread(s)";
    }
}

package org.lockstep.executor.step;

import java.util.ServiceLoader;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.Model;

/** Makes networks by the name of their engine. */
public final class Networks {

    /*
     * JavaCPP unpacks natives into a folder that all JVMs of a user share, and where two libraries bring the same third
     * one, it puts links among them without a lock: a JVM that unpacks at that moment writes through a link into a file
     * that another has mapped, which kills the other. Without links each library keeps its own copy in the folder, and
     * the system's loader still takes the first copy for all.
     */
    static {
        System.getProperties().putIfAbsent("org.bytedeco.javacpp.canCreateSymbolicLink", "false");
    }

    private Networks() {}

    /**
     * A network of that engine, for use by one thread at a time.
     *
     * @param threads how many the network uses inside one call; the bits of its results may depend on it
     * @throws IllegalStateException if the engine's native library does not load
     */
    public static Network create(ClusterConf.Engine engine, Model model, CompileConf compile, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("Invalid `threads`: must be positive. Received: " + threads);
        }
        return provider(engine).create(model, compile, threads);
    }

    /** An engine's version, and the instruction set that it uses on this machine. */
    public static String describe(ClusterConf.Engine engine) {
        return provider(engine).describe();
    }

    /** Engine, version, instruction set and threads, in a line. */
    public static String describe(ClusterConf.Engine engine, int threads) {
        return "engine %s, %d thread(s)".formatted(provider(engine).describe(), threads);
    }

    private static NetworkProvider provider(ClusterConf.Engine engine) {
        ClassLoader loader = NetworkProvider.class.getClassLoader();
        for (NetworkProvider provider : ServiceLoader.load(NetworkProvider.class, loader)) {
            if (provider.engine() == engine) {
                return provider;
            }
        }
        throw new NotSupportedException("Cannot use engine %s: the class path holds no %s for it"
                .formatted(engine, NetworkProvider.class.getName()));
    }
}

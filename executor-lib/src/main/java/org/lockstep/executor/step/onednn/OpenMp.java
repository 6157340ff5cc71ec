package org.lockstep.executor.step.onednn;

import com.sun.jna.Function;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/**
 * The OpenMP runtime that oneDNN was loaded with.
 *
 * <p>OpenMP keeps the number of threads per calling thread, and oneDNN splits sums by that number: so the bits of a
 * result depend on it, and it is set before every use and not left to the environment.
 */
final class OpenMp {

    /** GNU's, LLVM's, Intel's and Microsoft's. */
    private static final List<String> RUNTIMES = List.of("gomp", "omp", "libomp", "iomp", "libiomp", "vcomp");

    private static final Function SET_NUM_THREADS = function("omp_set_num_threads");
    private static final Function GET_MAX_THREADS = function("omp_get_max_threads");

    private OpenMp() {}

    /** Makes parallel regions that the calling thread begins use so many threads. */
    static void setThreads(int threads) {
        SET_NUM_THREADS.invoke(new Object[] {threads});
    }

    /** What the calling thread's parallel regions would use. */
    static int threads() {
        return GET_MAX_THREADS.invokeInt(new Object[0]);
    }

    private static Function function(String name) {
        Natives.load();
        return Function.getFunction(library(), name);
    }

    /** The file that oneDNN's loader bound, by its path: another copy of the runtime would have its own settings. */
    private static String library() {
        Loader.load(dnnl.class);
        for (Map.Entry<String, String> library : Loader.getLoadedLibraries().entrySet()) {
            if (RUNTIMES.stream().anyMatch(library.getKey()::startsWith)) {
                return library.getValue();
            }
        }
        throw new IllegalStateException(
                "Cannot set the number of threads: no OpenMP runtime among the libraries loaded with oneDNN, "
                        + Loader.getLoadedLibraries().keySet());
    }
}

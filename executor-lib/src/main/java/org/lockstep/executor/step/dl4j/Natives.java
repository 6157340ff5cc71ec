package org.lockstep.executor.step.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.lockstep.executor.step.Uninterrupted;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J's native library and its threads. */
final class Natives {

    private static final String POM = "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";
    private static final String UNKNOWN = "of unknown version";

    private static volatile boolean isLoaded;

    private Natives() {}

    /**
     * Loads the library, if that was not done before.
     *
     * @throws IllegalStateException if it is not on the class path or does not load
     */
    static void load() {
        if (isLoaded) {
            return;
        }
        try {
            Uninterrupted.run(() -> Nd4j.create(1).close());
            isLoaded = true;
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "Cannot start engine `dl4j`: ND4J's native library does not load. Put org.nd4j:nd4j-native,"
                            + " org.nd4j:nd4j-native-preset and org.bytedeco:openblas with their jars for this platform"
                            + " on the class path, or choose engine `onednn`.",
                    e);
        }
    }

    /**
     * Sets how many threads operations use: OpenMP's number is the calling thread's own; ND4J's and OpenBLAS's are the
     * whole process's, so networks that run at the same time need the same number.
     */
    static void setThreads(int threads) {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        if (Nd4j.getEnvironment().maxThreads() != threads) {
            Nd4j.getEnvironment().setMaxThreads(threads);
        }
        Blas blas = Nd4j.factory().blas();
        if (blas.getMaxThreads() != threads) {
            blas.setMaxThreads(threads);
        }
    }

    /** DL4J's version and what ND4J computes with: {@code DL4J 1.0.0-M2, ND4J CpuBackend with OPENBLAS}. */
    static String describe() {
        load();
        return "DL4J %s, ND4J %s with %s"
                .formatted(
                        version(),
                        Nd4j.getBackend().getClass().getSimpleName(),
                        Nd4j.factory().blas().getBlasVendor());
    }

    private static String version() {
        try (InputStream in = MultiLayerNetwork.class.getResourceAsStream(POM)) {
            if (in == null) {
                return UNKNOWN;
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

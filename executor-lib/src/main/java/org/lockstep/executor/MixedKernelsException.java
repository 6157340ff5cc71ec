package org.lockstep.executor;

import java.util.List;

/** JVMs that compute the same gradient to other bits: what they would train together hangs on who computes what. */
public final class MixedKernelsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String CURE =
            "Use machines and JDKs that are alike, or limit all to the instructions that they"
                    + " share, such as spark.executorEnv.ONEDNN_MAX_CPU_ISA=AVX2";

    private MixedKernelsException(String message) {
        super(message);
    }

    static MixedKernelsException among(List<String> groups, List<String> differences) {
        return new MixedKernelsException(
                "Cannot train on a mixture of kernels: the same gradient has other bits in each of"
                        + " these: %s. They differ in %s. %s"
                                .formatted(String.join("; ", groups), cause(differences), CURE));
    }

    static MixedKernelsException since(Kernel before, Kernel now, List<String> differences) {
        return new MixedKernelsException(
                "Cannot go on with the same bits: the run has computed with %s; now it would with %s. They differ in %s. %s; or set `accept_other_kernels` to resume all the same"
                        .formatted(before, now, cause(differences), CURE));
    }

    private static String cause(List<String> differences) {
        return differences.isEmpty()
                ? "nothing that is known here, so perhaps in the processors' caches"
                : String.join(", ", differences);
    }
}

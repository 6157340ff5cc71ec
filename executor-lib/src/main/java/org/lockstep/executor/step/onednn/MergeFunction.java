package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.jspecify.annotations.Nullable;

/** How numbers in the same place become one, two at a time from the left. */
enum MergeFunction {
    /** a · b. */
    PRODUCT(algorithm.binary_mul, null),
    /** max(a, b). */
    LARGEST(algorithm.binary_max, algorithm.binary_gt),
    /** min(a, b). */
    SMALLEST(algorithm.binary_min, algorithm.binary_lt);

    private final algorithm merge;
    private final @Nullable algorithm choice;

    MergeFunction(algorithm merge, @Nullable algorithm choice) {
        this.merge = merge;
        this.choice = choice;
    }

    algorithm merge() {
        return merge;
    }

    /** What is 1 where b alone is taken, and 0 elsewhere, as a function of (b, a); null for a product. */
    @Nullable
    algorithm choice() {
        return choice;
    }
}

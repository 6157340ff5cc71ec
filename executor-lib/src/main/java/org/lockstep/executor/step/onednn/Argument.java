package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** A memory object in its role in a primitive. */
record Argument(int role, memory memory) {

    static Argument source(memory memory) {
        return new Argument(dnnl.DNNL_ARG_SRC, memory);
    }

    static Argument target(memory memory) {
        return new Argument(dnnl.DNNL_ARG_DST, memory);
    }

    static Argument weights(memory memory) {
        return new Argument(dnnl.DNNL_ARG_WEIGHTS, memory);
    }

    static Argument bias(memory memory) {
        return new Argument(dnnl.DNNL_ARG_BIAS, memory);
    }

    static Argument workspace(memory memory) {
        return new Argument(dnnl.DNNL_ARG_WORKSPACE, memory);
    }

    static Argument sourceGradient(memory memory) {
        return new Argument(dnnl.DNNL_ARG_DIFF_SRC, memory);
    }

    static Argument targetGradient(memory memory) {
        return new Argument(dnnl.DNNL_ARG_DIFF_DST, memory);
    }

    static Argument weightsGradient(memory memory) {
        return new Argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, memory);
    }

    static Argument biasGradient(memory memory) {
        return new Argument(dnnl.DNNL_ARG_DIFF_BIAS, memory);
    }
}

package org.lockstep.executor.step.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** A memory object in its role in a primitive. */
record Argument(int role, memory object) {

    static Argument source(memory object) {
        return new Argument(dnnl.DNNL_ARG_SRC, object);
    }

    static Argument target(memory object) {
        return new Argument(dnnl.DNNL_ARG_DST, object);
    }

    static Argument weights(memory object) {
        return new Argument(dnnl.DNNL_ARG_WEIGHTS, object);
    }

    static Argument bias(memory object) {
        return new Argument(dnnl.DNNL_ARG_BIAS, object);
    }

    static Argument workspace(memory object) {
        return new Argument(dnnl.DNNL_ARG_WORKSPACE, object);
    }

    static Argument sourceGradient(memory object) {
        return new Argument(dnnl.DNNL_ARG_DIFF_SRC, object);
    }

    static Argument targetGradient(memory object) {
        return new Argument(dnnl.DNNL_ARG_DIFF_DST, object);
    }

    static Argument weightsGradient(memory object) {
        return new Argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, object);
    }

    static Argument biasGradient(memory object) {
        return new Argument(dnnl.DNNL_ARG_DIFF_BIAS, object);
    }
}

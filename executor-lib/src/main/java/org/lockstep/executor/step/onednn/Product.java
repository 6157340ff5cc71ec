package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;

/** The primitives of a layer that is linear in a kernel, plus a bias. */
interface Product {

    /** Multiplications and additions of one of the passes: each has as many. */
    long flops();

    /** Keras's kernel in oneDNN's terms. */
    desc kernelDesc();

    /**
     * Output from input; the bias is added, and then the epilogue applied.
     *
     * @return calls in order; null if oneDNN has no fast kernel with that epilogue; there is one with none
     */
    @Nullable
    List<Call> forward(prop_kind kind, Slot x, Kernel kernel, @Nullable Slot bias, Slot y, Epilogue epilogue);

    /** Gradients of kernel and bias, overwritten, from input and output gradient: calls in order. */
    List<Call> backwardWeights(Slot x, Slot outputGradient, KernelGradient kernel, @Nullable Slot bias);

    /** Gradient of the input, overwritten, from the output's: calls in order. */
    List<Call> backwardData(Kernel kernel, Slot outputGradient, Slot inputGradient);
}

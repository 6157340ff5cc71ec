package org.lockstep.executor.step.onednn;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.primitive_desc;

/**
 * Which of oneDNN's implementations of a convolution is taken. That depends on shapes and on the processor's instructions
 * alone, never on a clock: another worker, and the same one after a restart, must take the same.
 *
 * <p>oneDNN 3.11 offers kernels made of small matrix products first. Its direct kernels take less time where channels leave
 * registers half empty, where gradients go back through strides, and in bfloat16 where channels are few; the rules stand on
 * the times in {@code docs/performance.md}.
 */
record Implementations(Image input, Image output, Geometry window, int groups) {

    /** Images of at most so many channels are those that a network begins with. */
    private static final int FEW = 3;
    /** More filters than so many on these are made faster by matrices after all. */
    private static final int MANY_ON_FEW = 32;
    /** From so many channels on matrices are as fast in bfloat16, bringing the kernel into order included. */
    private static final int MANY = 64;

    convolution_forward.primitive_desc forward(Supplier<convolution_forward.primitive_desc> offers) {
        var offered = offers.get();
        String name = name(offered);
        if (isMiscomputed(name)) {
            var other = first(offers, candidate -> !isMiscomputed(candidate));
            if (isMiscomputed(name(other))) {
                throw new IllegalStateException("oneDNN has no second implementation of a convolution of " + input);
            }
            return other;
        }
        return isDirectForward(name) ? first(offers, other -> isDirectFor(name, other)) : offered;
    }

    convolution_backward_data.primitive_desc backwardData(Supplier<convolution_backward_data.primitive_desc> offers) {
        var offered = offers.get();
        if (groups > 1 && groups == input.channels()) {
            // Where bfloat16 meets a stride the general kernel is offered first, which takes a hundred times as long.
            return first(offers, other -> other.startsWith("jit_dw"));
        }
        String name = name(offered);
        return isDirectBackward(name) ? first(offers, other -> isDirectFor(name, other)) : offered;
    }

    /**
     * oneDNN 3.11 reads wrong rows where one channel, one output column and a stride across meet with the stride 1 down:
     * its test for merging rows forgets the stride.
     */
    private boolean isMiscomputed(String name) {
        return output.width() == 1 && window.strides()[1] > 1 && name.startsWith("brg_conv_fwd");
    }

    /** Whether a direct kernel is better than what is offered for the forward pass. */
    private boolean isDirectForward(String offered) {
        if (groups > 1 || isOneByOne() || !isByMatrices(offered)) {
            return false;
        }
        boolean few = input.channels() <= FEW;
        if (isWide(offered) && input.numbers() == Numbers.BFLOAT16) {
            return isNarrow() && (!few || output.channels() % Image.BLOCK == 0);
        }
        return few ? !isWide(offered) || output.channels() <= MANY_ON_FEW : isWide(offered) && !fillsRegisters();
    }

    /** Whether a direct kernel is better than what is offered for the gradient of the input. */
    private boolean isDirectBackward(String offered) {
        if (groups > 1 || !isByMatrices(offered) || !isWide(offered)) {
            return false;
        }
        boolean strided = window.strides()[0] > 1 || window.strides()[1] > 1;
        boolean narrow = input.numbers() == Numbers.BFLOAT16 && isNarrow();
        return strided || (!isOneByOne() && (narrow || !fillsRegisters()));
    }

    private boolean isOneByOne() {
        return window.size()[0] == 1 && window.size()[1] == 1;
    }

    private boolean fillsRegisters() {
        return input.channels() % Image.BLOCK == 0 && output.channels() % Image.BLOCK == 0;
    }

    private boolean isNarrow() {
        return input.channels() < MANY && output.channels() < MANY;
    }

    /** Whether the kernel multiplies small matrices, on a processor of those that the times are of. */
    private static boolean isByMatrices(String name) {
        return name.startsWith("brg") && instructions(name).startsWith("avx");
    }

    /** Whether registers hold a whole block of channels. */
    private static boolean isWide(String name) {
        return instructions(name).startsWith("avx512");
    }

    /** Whether this is a direct kernel for the same instructions: there is none for those on whole matrices. */
    private static boolean isDirectFor(String offered, String name) {
        return name.startsWith("jit") && instructions(name).equals(instructions(offered));
    }

    /** The first instruction set that a name such as {@code brg_conv_bwd:avx512_core+brg_conv_fwd:avx512_core} has. */
    private static String instructions(String name) {
        return name.replaceFirst("^[^:]*:", "").replaceFirst("\\+.*", "");
    }

    /** The first with a name of this kind, or the one that is offered first if there is none. */
    private static <D extends primitive_desc> D first(Supplier<D> offers, Predicate<String> wanted) {
        D description = offers.get();
        do {
            if (wanted.test(name(description))) {
                return description;
            }
        } while (description.next_impl());
        return offers.get();
    }

    private static String name(primitive_desc description) {
        return description.impl_info_str().getString();
    }
}

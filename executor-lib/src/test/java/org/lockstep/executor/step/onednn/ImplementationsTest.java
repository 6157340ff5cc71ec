package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.cpu_isa;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which implementations are taken on a processor of which it is known which are fast. That they compute the definition, others
 * test.
 */
class ImplementationsTest {

    private static final int BATCH = 4;
    private static final int SIDE = 12;

    @BeforeEach
    void assumeKnownProcessor() {
        Natives.describe();
        assumeTrue(dnnl.dnnl_get_effective_cpu_isa() == cpu_isa.avx512_core_bf16.value);
    }

    /** A convolution of 12 × 12 images whose kernels are as high as wide. */
    private record Case(Numbers numbers, int channels, int filters, int size, int stride) {

        static Case of(int channels, int filters) {
            return new Case(Numbers.FLOAT32, channels, filters, 3, 1);
        }

        Case numbers(Numbers other) {
            return new Case(other, channels, filters, size, stride);
        }

        Case stride(int other) {
            return new Case(numbers, channels, filters, size, other);
        }

        Case size(int other) {
            return new Case(numbers, channels, filters, other, stride);
        }

        private Image input() {
            return new Image(BATCH, channels, SIDE, SIDE, numbers, false);
        }

        private Image output() {
            int side = (SIDE - size) / stride + 1;
            return new Image(BATCH, filters, side, side, numbers, false);
        }

        private Geometry window() {
            return new Geometry(
                    new long[] {size, size}, new long[] {stride, stride}, new long[2], new long[2], new long[2]);
        }

        private Implementations implementations() {
            return new Implementations(input(), output(), window(), 1);
        }

        private convolution_forward.primitive_desc offer(Device device) {
            return new convolution_forward.primitive_desc(
                    device.cpu(),
                    prop_kind.forward_training,
                    algorithm.convolution_direct,
                    input().desc(),
                    Device.any(numbers, filters, channels, size, size),
                    new desc(),
                    output().desc(),
                    window().strides(),
                    window().gaps(),
                    window().before(),
                    window().after(),
                    device.attributes(),
                    false);
        }

        private convolution_backward_data.primitive_desc backwardOffer(Device device) {
            return new convolution_backward_data.primitive_desc(
                    device.cpu(),
                    algorithm.convolution_direct,
                    input().desc(),
                    Device.any(numbers, filters, channels, size, size),
                    output().desc(),
                    window().strides(),
                    window().gaps(),
                    window().before(),
                    window().after(),
                    offer(device),
                    device.attributes(),
                    false);
        }

        String forward() {
            try (Device device = new Device()) {
                return implementations()
                        .forward(() -> offer(device))
                        .impl_info_str()
                        .getString();
            }
        }

        String backward() {
            try (Device device = new Device()) {
                return implementations()
                        .backwardData(() -> backwardOffer(device))
                        .impl_info_str()
                        .getString();
            }
        }
    }

    @Test
    void channelsThatFillNoRegisters_goThroughDirectKernels() {
        assertThat(Case.of(20, 50).forward()).isEqualTo("jit:avx512_core");
        assertThat(Case.of(20, 50).backward()).isEqualTo("jit:avx512_core");
        assertThat(Case.of(1, 20).forward()).isEqualTo("jit:avx512_core");
        assertThat(Case.of(3, 32).forward()).isEqualTo("jit:avx512_core");
    }

    @Test
    void channelsThatFillRegisters_orManyOnFew_goThroughMatrices() {
        assertThat(Case.of(32, 48).forward()).isEqualTo("brg_conv_fwd:avx512_core");
        assertThat(Case.of(32, 48).backward()).startsWith("brg_conv_bwd:avx512_core");
        assertThat(Case.of(3, 64).forward()).isEqualTo("brg_conv_fwd:avx512_core");
        assertThat(Case.of(20, 50).size(1).forward()).isEqualTo("brgconv_1x1:avx512_core");
    }

    @Test
    void gradientsThroughStrides_goThroughDirectKernels() {
        assertThat(Case.of(32, 48).stride(2).backward()).isEqualTo("jit:avx512_core");
        assertThat(Case.of(32, 48).size(1).stride(2).backward()).isEqualTo("jit_1x1:avx512_core");
        assertThat(Case.of(64, 64).stride(2).numbers(Numbers.BFLOAT16).backward())
                .isEqualTo("jit_bf16:avx512_core_bf16");
    }

    @Test
    void bfloat16_ofFewChannels_goesThroughDirectKernels() {
        assertThat(Case.of(16, 32).numbers(Numbers.BFLOAT16).forward()).isEqualTo("jit_bf16:avx512_core_bf16");
        assertThat(Case.of(16, 32).numbers(Numbers.BFLOAT16).backward()).isEqualTo("jit_bf16:avx512_core_bf16");
        assertThat(Case.of(64, 64).numbers(Numbers.BFLOAT16).forward()).isEqualTo("brg_conv_fwd:avx512_core_bf16");
        assertThat(Case.of(1, 20).numbers(Numbers.BFLOAT16).forward()).isEqualTo("brg_conv_fwd:avx512_core_bf16");
    }

    @Test
    void oneOutputColumn_withAStrideAcross_isNotLeftToTheKernelThatMiscomputesIt() {
        assertThat(Case.of(1, 64).size(SIDE).stride(2).forward()).doesNotStartWith("brg_conv_fwd");
    }
}

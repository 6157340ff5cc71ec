package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.cpu_isa;
import org.junit.jupiter.api.Test;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Rescaling;
import org.lockstep.layers.Reshape;
import org.lockstep.layers.SeparableConv2D;
import org.lockstep.layers.SpatialDropout2D;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** Which programs hold images in blocks of channels. That they compute the same, others test. */
class BlocksTest {

    private static boolean suit(Model model) {
        try (Device device = new Device()) {
            return Blocks.suit(device, model, 8);
        }
    }

    private static Model image(int channels, Layer... layers) {
        return Sequential.of(layers).build(12, 12, channels);
    }

    private static Conv2D conv(int filters) {
        return Conv2D.of(filters, 3).padding("same");
    }

    /** On a processor of which it is known what oneDNN likes. */
    @Test
    void convolutionsThatFillBlocks_onAvx512_areHeldSo() {
        Natives.describe();
        assumeTrue(dnnl.dnnl_get_effective_cpu_isa() == cpu_isa.avx512_core_bf16.value);
        assertThat(suit(image(3, conv(16), BatchNormalization.of(), conv(64), Flatten.of(), Dense.of(5))))
                .isTrue();
        assertThat(suit(image(3, Rescaling.of(2.0), conv(16), DepthwiseConv2D.of(3), conv(32))))
                .isTrue();
        assertThat(suit(image(3, conv(16), Dropout.of(0.5), conv(16)))).isTrue();
        assertThat(suit(GraphTest.blocks())).isTrue();
        assertThat(suit(GraphTest.decoderInBlocks("channels_last"))).isTrue();
        assertThat(suit(GraphTest.decoderInBlocks("channels_first"))).isTrue();
        assertThat(suit(GraphTest.framesInBlocks("channels_last"))).isTrue();
        assertThat(suit(GraphTest.framesInBlocks("channels_first"))).isTrue();
        for (Model model : WholeNetworkTest.ofBlocks()) {
            assertThat(suit(model)).isTrue();
        }
    }

    @Test
    void channelsThatFillNoBlocks_areHeldLast() {
        assertThat(suit(image(3, conv(16), conv(20)))).isFalse();
        assertThat(suit(image(8, conv(16), conv(16)))).isFalse();
        assertThat(suit(image(3, conv(16), conv(16), Conv2DTranspose.of(3, 3)))).isFalse();
        assertThat(suit(image(3, conv(16), SeparableConv2D.of(20, 3)))).isFalse();
        assertThat(suit(image(3, DepthwiseConv2D.of(3), conv(16), conv(16)))).isFalse();
    }

    @Test
    void layersThatWouldUndoIt_orNothingToGain_areHeldLast() {
        assertThat(suit(image(3, conv(16), Dropout.of(0.5).noiseShape(null, 1, 1, null), conv(16))))
                .isFalse();
        assertThat(suit(image(3, conv(16), conv(16), Reshape.of(6, 24, 16)))).isFalse();
        assertThat(suit(image(3, conv(16), conv(32).groups(2)))).isFalse();
        assertThat(suit(image(3, conv(16), DepthwiseConv2D.of(3).depthMultiplier(2))))
                .isFalse();
        assertThat(suit(image(3, conv(16), conv(16), SpatialDropout2D.of(0.5)))).isFalse();
        assertThat(suit(image(3, conv(16)))).isFalse();
        assertThat(suit(image(3, Flatten.of(), Dense.of(5)))).isFalse();
    }

    @Test
    void bfloat16_isHeldLast() {
        assumeTrue(Natives.knows(Numbers.BFLOAT16));
        assertThat(suit(image(3, conv(16), conv(64)).dtype("mixed_bfloat16"))).isFalse();
    }
}

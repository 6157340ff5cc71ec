package org.lockstep.examples.bench.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

class ConvolutionShapeTest {

    /** By hand: 2 x 28 x 28 x 20 x 25 and 2 x 14 x 14 x 50 x 20 x 25. */
    @Test
    void of_lenet_isItsTwoConvolutions() {
        List<ConvolutionShape> shapes = ConvolutionShape.of(BenchModel.LENET.network());

        assertThat(shapes).extracting(ConvolutionShape::isFirst).containsExactly(true, false);
        assertThat(shapes).extracting(ConvolutionShape::operations).containsExactly(784_000L, 9_800_000L);
        assertThat(shapes.get(1).input()).containsExactly(20, 14, 14);
        assertThat(shapes.get(1).output()).containsExactly(50, 14, 14);
        assertThat(shapes.get(1).before()).containsExactly(2, 2);
        assertThat(shapes.get(1).after()).containsExactly(2, 2);
    }

    /** Keras: 15 x 15 with `same`, stride 2 and extent 5 gives 8 x 8 with 4 zeros along each axis. */
    @Test
    void of_groupsStridesAndDilation_isInOnednnsTerms() {
        Sequential network = Sequential.of(
                Input.of(15, 15, 4),
                Conv2D.of(6, 5).strides(2).padding("same").groups(2),
                Conv2D.of(8, 3).dilationRate(2));

        List<ConvolutionShape> shapes = ConvolutionShape.of(network);

        ConvolutionShape strided = shapes.get(0);
        assertThat(strided.kernelDims()).containsExactly(2, 3, 2, 5, 5);
        assertThat(strided.output()).containsExactly(6, 8, 8);
        assertThat(strided.strides()).containsExactly(2, 2);
        assertThat(strided.before()).containsExactly(2, 2);
        assertThat(strided.after()).containsExactly(2, 2);
        assertThat(strided.operations()).isEqualTo(2L * 6 * 8 * 8 * 2 * 25);
        ConvolutionShape dilated = shapes.get(1);
        assertThat(dilated.gaps()).containsExactly(1, 1);
        assertThat(dilated.before()).containsExactly(0, 0);
        assertThat(dilated.output()).containsExactly(8, 4, 4);
        assertThat(dilated.isFirst()).isFalse();
    }

    /** Three stages of three blocks with two convolutions each, the first, and two that bring a block's input to its shape. */
    @Test
    void of_aGraph_isEveryConvolutionOfItsCalls() {
        List<ConvolutionShape> shapes = ConvolutionShape.of(BenchModel.RESNET20.network());

        assertThat(shapes).hasSize(21);
        assertThat(shapes).filteredOn(ConvolutionShape::isFirst).hasSize(1);
        assertThat(shapes.get(0).input()).containsExactly(3, 32, 32);
        assertThat(shapes)
                .filteredOn(shape -> shape.kernel()[0] == 1)
                .extracting(ConvolutionShape::input, ConvolutionShape::output)
                .containsExactlyInAnyOrder(
                        tuple(new long[] {16, 32, 32}, new long[] {32, 16, 16}),
                        tuple(new long[] {32, 16, 16}, new long[] {64, 8, 8}));
    }

    /** A depthwise convolution is one with a group for each channel. */
    @Test
    void of_depthwise_hasAGroupForEachChannel() {
        ConvolutionShape depthwise =
                ConvolutionShape.of(BenchModel.MOBILENET.network()).get(3);

        assertThat(depthwise.groups()).isEqualTo(64);
        assertThat(depthwise.kernelDims()).containsExactly(64, 1, 1, 3, 3);
        assertThat(depthwise.strides()).containsExactly(2, 2);
        assertThat(depthwise.output()).containsExactly(64, 16, 16);
        assertThat(depthwise.operations()).isEqualTo(2L * 64 * 16 * 16 * 9);
    }

    /** What is frozen below needs no gradient of its input. */
    @Test
    void of_frozenLayers_needsNoGradientBelowTheFirstThatIsTrained() {
        Sequential network =
                Sequential.of(Input.of(9, 9, 3), Conv2D.of(4, 3).trainable(false), Conv2D.of(4, 3), Conv2D.of(4, 3));

        assertThat(ConvolutionShape.of(network))
                .extracting(ConvolutionShape::isFirst)
                .containsExactly(true, true, false);
    }
}

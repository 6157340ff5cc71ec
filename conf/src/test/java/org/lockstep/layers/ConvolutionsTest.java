package org.lockstep.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes and refusals of convolutions of several kernels and of those that go back, and of learned slopes. */
class ConvolutionsTest {

    private static final Shape IMAGE = Shape.batchOf(7, 6, 4);

    private static List<Shape> shapes(Layer layer, Shape input) {
        return layer.variables(input).stream().map(Variable::shape).toList();
    }

    @Test
    void separable_hasTheShapesOfKeras() {
        // Keras's documented example, and one with channels first.
        SeparableConv2D layer = SeparableConv2D.of(3, 4).strides(3).padding("same");
        assertThat(layer.outputShape(Shape.of(4, 10, 10, 12))).isEqualTo(Shape.of(4, 4, 4, 3));
        assertThat(shapes(layer.depthMultiplier(2), IMAGE))
                .containsExactly(Shape.of(4, 4, 4, 2), Shape.of(1, 1, 8, 3), Shape.of(3));
        Layer first = layer.dataFormat("channels_first").useBias(false);
        assertThat(first.outputShape(Shape.batchOf(4, 7, 6))).isEqualTo(Shape.batchOf(3, 3, 2));
        assertThat(shapes(first, Shape.batchOf(4, 7, 6))).containsExactly(Shape.of(4, 4, 4, 1), Shape.of(1, 1, 4, 3));
    }

    /** Of an axis of 5: by Keras's rule, n · s for same and (n − 1) · s + max(k', s) for valid where there is no padding. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            valid, 3, 1, 1, -, 7
            valid, 3, 2, 1, -, 11
            valid, 2, 3, 1, -, 15
            valid, 3, 1, 2, -, 9
            valid, 3, 2, 1, 1, 12
            same,  3, 2, 1, -, 10
            same,  3, 2, 1, 0, 9
            same,  3, 2, 1, 1, 10
            same,  4, 3, 1, 2, 14
            same,  2, 1, 3, -, 5
            """)
    void transposed_hasTheSizesOfKeras(
            String padding, int kernel, int stride, int dilation, Integer outputPadding, int size) {
        Conv2DTranspose layer =
                Conv2DTranspose.of(2, kernel).strides(stride).padding(padding).dilationRate(dilation);
        Conv2DTranspose padded = outputPadding == null ? layer : layer.outputPadding(outputPadding);

        assertThat(padded.outputShape(Shape.batchOf(5, Shape.UNKNOWN, 3)))
                .isEqualTo(Shape.batchOf(size, Shape.UNKNOWN, 2));
        assertThat(padded.dataFormat("channels_first").outputShape(Shape.batchOf(3, 5, 5)))
                .isEqualTo(Shape.batchOf(2, size, size));
    }

    @Test
    void transposed_hasFiltersBeforeChannels() {
        assertThat(shapes(Conv2DTranspose.of(5, 3, 2), IMAGE)).containsExactly(Shape.of(3, 2, 5, 4), Shape.of(5));
    }

    @Test
    void prelu_hasASlopeForEachNumber_butAlongSharedAxes() {
        assertThat(shapes(PReLU.of(), IMAGE)).containsExactly(Shape.of(7, 6, 4));
        assertThat(shapes(PReLU.of().sharedAxes(1, 2), IMAGE)).containsExactly(Shape.of(1, 1, 4));
        assertThat(shapes(PReLU.of().sharedAxes(1, 2), Shape.batchOf(Shape.UNKNOWN, Shape.UNKNOWN, 4)))
                .containsExactly(Shape.of(1, 1, 4));
        assertThat(PReLU.of().outputShape(IMAGE)).isEqualTo(IMAGE);
        assertThatThrownBy(() -> PReLU.of().variables(Shape.batchOf(Shape.UNKNOWN, 4)))
                .hasMessage("Shapes used to initialize variables must be fully-defined (no `None` dimensions). "
                        + "Received: shape=(None, 4) for variable path='p_re_lu/alpha'");
        assertThatThrownBy(() -> PReLU.of().sharedAxes(4).variables(IMAGE))
                .hasMessage("Invalid `shared_axes`: each must be one of the axes 1 to 3. Received: [4] for inputs of "
                        + "shape (None, 7, 6, 4)");
    }

    @Test
    void wrongArguments_areRefusedAsByKeras() {
        assertThatThrownBy(() -> SeparableConv2D.of(0, 3))
                .hasMessage("Invalid value for argument `filters`. Expected a strictly positive value. "
                        + "Received filters=0.");
        assertThatThrownBy(() -> SeparableConv2D.of(1, 3).depthMultiplier(-1))
                .hasMessage("Invalid value for argument `depth_multiplier`. Expected a strictly positive value. "
                        + "Received depth_multiplier=-1.");
        assertThatThrownBy(() -> SeparableConv2D.of(1, 3).strides(2).dilationRate(2))
                .hasMessageContaining("not supported in conjunction with");
        assertThatThrownBy(() -> Conv2DTranspose.of(0, 3)).hasMessageContaining("Received filters=0.");
        assertThatThrownBy(() -> Conv2DTranspose.of(1, 3).strides(2).outputPadding(1, 2))
                .hasMessage("`output_padding` must be < `strides`. output_padding=(1, 2), strides=(2, 2)");
        assertThatThrownBy(() -> Conv2DTranspose.of(1, 3).strides(2).outputPadding(-1))
                .hasMessage("The `output_padding` argument must be a tuple of 2 integers. Received output_padding=-1, "
                        + "including values {-1} that do not satisfy `value >= 0`");
        assertThatThrownBy(() -> Conv2DTranspose.of(1, 3).outputShape(Shape.batchOf(4, 4)))
                .hasMessageContaining("ndim");
        assertThatThrownBy(() -> Conv2DTranspose.of(1, 2)
                        .strides(3)
                        .padding("same")
                        .outputPadding(0)
                        .outputShape(Shape.batchOf(1, 4, 2)))
                .hasMessageContaining("Computed output size would be zero or negative");
        assertThatThrownBy(() -> SpatialDropout2D.of(1.5)).hasMessageContaining("Received: rate=1.5");
        assertThatThrownBy(() -> SpatialDropout2D.of(0.5).outputShape(Shape.batchOf(4, 4)))
                .hasMessageContaining("ndim");
    }
}

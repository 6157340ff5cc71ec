package org.lockstep.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesTest {

    /** What real Keras computed; see make_defaults.py. */
    @ParameterizedTest
    @CsvFileSource(resources = "/keras/conv_shapes.csv", numLinesToSkip = 1)
    void conv2d_ofAnySetting_hasKerasShapeInBothFormats(
            int height,
            int width,
            int kernelHeight,
            int kernelWidth,
            int strideHeight,
            int strideWidth,
            int dilation,
            String padding,
            String out) {
        Conv2D last = Conv2D.of(5, kernelHeight, kernelWidth)
                .strides(strideHeight, strideWidth)
                .dilationRate(dilation)
                .padding(padding);
        Conv2D first = last.dataFormat("channels_first");
        Shape input = Shape.batchOf(height, width, 3);
        if (out.equals("error")) {
            assertThatThrownBy(() -> last.outputShape(input))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Computed output size would be zero or negative.");
            return;
        }
        String[] sizes = out.split("x");
        int h = Integer.parseInt(sizes[0]);
        int w = Integer.parseInt(sizes[1]);

        assertThat(last.outputShape(input)).isEqualTo(Shape.batchOf(h, w, 5));
        assertThat(first.outputShape(Shape.batchOf(3, height, width))).isEqualTo(Shape.batchOf(5, h, w));
        assertThat(last.outputShape(Shape.batchOf(Shape.UNKNOWN, width, 3)))
                .isEqualTo(Shape.batchOf(Shape.UNKNOWN, w, 5));
    }

    /** Padding puts the window's last place just where the input ends, the odd zero after. */
    @Test
    void padding_ofSame_coversTheInputWithTheLessBefore() {
        for (int size = 1; size < 20; size++) {
            for (int extent = 1; extent < 8; extent++) {
                for (int stride = 1; stride < 6; stride++) {
                    int places = (size + stride - 1) / stride;
                    int needed = Math.max((places - 1) * stride + extent - size, 0);

                    assertThat(Padding.SAME.outputSize(size, extent, stride)).isEqualTo(places);
                    assertThat(Padding.SAME.total(size, extent, stride)).isEqualTo(needed);
                    assertThat(Padding.SAME.before(size, extent, stride)).isEqualTo(needed / 2);
                    assertThat(Padding.VALID.total(size, extent, stride)).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, valid, 14x14",
        "2, 2, same, 14x14",
        "3, 2, valid, 13x13",
        "3, 2, same, 14x14",
        "3, 3, same, 10x10"
    })
    void pooling_ofSetting_hasKerasShape(int size, int stride, String padding, String out) {
        int expected = Integer.parseInt(out.substring(0, out.indexOf('x')));
        Shape shape = Shape.batchOf(expected, expected, 3);

        assertThat(MaxPooling2D.of(size).strides(stride).padding(padding).outputShape(Shape.batchOf(28, 28, 3)))
                .isEqualTo(shape);
        assertThat(AveragePooling2D.of(size).strides(stride).padding(padding).outputShape(Shape.batchOf(28, 28, 3)))
                .isEqualTo(shape);
    }

    @Test
    void otherLayers_haveKerasShapes() {
        Shape image = Shape.batchOf(4, 6, 3);

        assertThat(Flatten.of().outputShape(image)).isEqualTo(Shape.batchOf(72));
        assertThat(Flatten.of().outputShape(Shape.batchOf())).isEqualTo(Shape.batchOf(1));
        assertThat(Flatten.of().outputShape(Shape.batchOf(4, Shape.UNKNOWN))).isEqualTo(Shape.batchOf(Shape.UNKNOWN));
        assertThat(Dense.of(7).outputShape(image)).isEqualTo(Shape.batchOf(4, 6, 7));
        assertThat(GlobalAveragePooling2D.of().outputShape(image)).isEqualTo(Shape.batchOf(3));
        assertThat(GlobalAveragePooling2D.of().keepdims(true).outputShape(image))
                .isEqualTo(Shape.batchOf(1, 1, 3));
        assertThat(GlobalAveragePooling2D.of().dataFormat("channels_first").outputShape(image))
                .isEqualTo(Shape.batchOf(4));
        assertThat(BatchNormalization.of().outputShape(image)).isEqualTo(image);
        assertThat(Dropout.of(0.5).outputShape(image)).isEqualTo(image);
        assertThat(ActivationLayer.of("glu").outputShape(Shape.batchOf(4, 6))).isEqualTo(Shape.batchOf(4, 3));
        assertThat(Conv2D.of(6, 1).activation("glu").outputShape(image)).isEqualTo(Shape.batchOf(4, 6, 3));
    }

    @Test
    void variables_areKerasInShapeNameAndOrder() {
        Shape image = Shape.batchOf(4, 6, 8);

        assertThat(Conv2D.of(6, 3, 2).groups(2).variables(image).toString())
                .contains("kernel", "(3, 2, 4, 6)", "bias", "(6,)");
        assertThat(Conv2D.of(6, 1).useBias(false).variables(image)).hasSize(1);
        assertThat(Dense.of(5).variables(image).get(0).shape()).isEqualTo(Shape.of(8, 5));
        assertThat(BatchNormalization.of().variables(image).stream().map(Variable::name))
                .containsExactly("gamma", "beta", "moving_mean", "moving_variance");
        assertThat(BatchNormalization.of().center(false).scale(false).variables(image).stream()
                        .map(Variable::role))
                .containsExactly(Variable.Role.MOVING, Variable.Role.MOVING);
        assertThat(BatchNormalization.of().trainable(false).variables(image).stream()
                        .map(Variable::role))
                .containsOnly(Variable.Role.FROZEN);
        assertThat(Flatten.of().variables(image)).isEmpty();
    }

    @Test
    void outputShape_ofAWrongInput_isRefusedInKerasWords() {
        assertThatThrownBy(() -> MaxPooling2D.of(2).outputShape(Shape.batchOf(4, 4)))
                .hasMessage("Input 0 of layer \"max_pooling2d\" is incompatible with the layer: "
                        + "expected ndim=4, found ndim=3. Full shape received: (None, 4, 4)");
        assertThatThrownBy(() -> MaxPooling2D.of(5).outputShape(Shape.batchOf(4, 4, 1)))
                .hasMessageStartingWith("Computed output size would be zero or negative.");
        assertThatThrownBy(() -> Dense.of(5).outputShape(Shape.batchOf()))
                .hasMessageContaining("expected min_ndim=2, found ndim=1");
        assertThatThrownBy(() -> Dense.of(5).variables(Shape.batchOf(Shape.UNKNOWN)))
                .hasMessageStartingWith("The last dimension of the inputs to a Dense layer should be defined.");
        assertThatThrownBy(() -> ActivationLayer.of("glu").outputShape(Shape.batchOf(3)))
                .hasMessage(
                        "axis size must be divisible by 2 for activation glu. Received: x.shape=(None, 3) with axis=-1");
        assertThatThrownBy(() -> BatchNormalization.of().axis(4).outputShape(Shape.batchOf(4, 4, 1)))
                .hasMessageStartingWith("Invalid `axis`");
        assertThatThrownBy(() -> BatchNormalization.of().outputShape(Shape.batchOf(4, Shape.UNKNOWN)))
                .hasMessageContaining("must be known");
        assertThatThrownBy(() -> Dropout.of(0.5).noiseShape(null, 1).outputShape(Shape.batchOf(4, 4, 1)))
                .hasMessageStartingWith("Argument `noise_shape` must have as many entries");
        assertThatThrownBy(() -> Dropout.of(-0.1)).hasMessageContaining("Received: rate=-0.1");
        assertThatThrownBy(() -> Dense.of(-1)).hasMessageContaining("Received: units=-1");
        assertThatThrownBy(() -> Shape.of(3, -2)).hasMessageStartingWith("Invalid shape");
        assertThatThrownBy(() -> Shape.batchOf(Shape.UNKNOWN).sampleSize()).hasMessageContaining("(None, None)");
    }
}

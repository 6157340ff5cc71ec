package org.lockstep.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.keras.NotSupportedException;

class MergeTest {

    private static final Shape IMAGE = Shape.batchOf(4, 6, 3);

    @Test
    void outputShape_ofMerges_isKeras() {
        assertThat(Add.of().outputShape(List.of(IMAGE, IMAGE, IMAGE))).isEqualTo(IMAGE);
        assertThat(Add.of().outputShape(List.of(Shape.batchOf(Shape.UNKNOWN, 6, 3), IMAGE)))
                .isEqualTo(IMAGE);
        assertThat(Concatenate.of().outputShape(List.of(IMAGE, Shape.batchOf(4, 6, 5))))
                .isEqualTo(Shape.batchOf(4, 6, 8));
        assertThat(Concatenate.of(1).outputShape(List.of(IMAGE, Shape.batchOf(Shape.UNKNOWN, 6, 3))))
                .isEqualTo(Shape.batchOf(Shape.UNKNOWN, 6, 3));
    }

    @Test
    void outputShape_ofFrames_isKeras() {
        assertThat(ZeroPadding2D.of().outputShape(IMAGE)).isEqualTo(Shape.batchOf(6, 8, 3));
        assertThat(ZeroPadding2D.of(1, 2).outputShape(IMAGE)).isEqualTo(Shape.batchOf(6, 10, 3));
        assertThat(ZeroPadding2D.of(1, 0, 2, 3).dataFormat("channels_first").outputShape(IMAGE))
                .isEqualTo(Shape.batchOf(4, 7, 8));
        assertThat(Cropping2D.of(1, 0, 2, 3).outputShape(IMAGE)).isEqualTo(Shape.batchOf(3, 1, 3));
        assertThat(UpSampling2D.of(3, 1).outputShape(IMAGE)).isEqualTo(Shape.batchOf(12, 6, 3));
        assertThat(UpSampling2D.of().outputShape(Shape.batchOf(Shape.UNKNOWN, 6, 3)))
                .isEqualTo(Shape.batchOf(Shape.UNKNOWN, 12, 3));
        assertThat(DepthwiseConv2D.of(3)
                        .depthMultiplier(2)
                        .strides(2)
                        .padding("same")
                        .outputShape(IMAGE))
                .isEqualTo(Shape.batchOf(2, 3, 6));
        assertThat(DepthwiseConv2D.of(3, 2).depthMultiplier(2).variables(IMAGE).stream()
                        .map(Variable::shape))
                .containsExactly(Shape.of(3, 2, 3, 2), Shape.of(6));
    }

    @Test
    void outputShape_ofReshape_isKeras() {
        assertThat(Reshape.of(8, 9).outputShape(IMAGE)).isEqualTo(Shape.batchOf(8, 9));
        assertThat(Reshape.of(-1, 2).outputShape(IMAGE)).isEqualTo(Shape.batchOf(36, 2));
        assertThat(Reshape.of(-1, 2).outputShape(Shape.batchOf(Shape.UNKNOWN, 2)))
                .isEqualTo(Shape.batchOf(Shape.UNKNOWN, 2));
        assertThatThrownBy(() -> Reshape.of(5).outputShape(IMAGE))
                .hasMessage("The total size of the tensor must be unchanged. Received: input_shape=(4, 6, 3), "
                        + "target_shape=(5,)");
        assertThatThrownBy(() -> Reshape.of(-1, 5).outputShape(IMAGE)).hasMessageContaining("must be unchanged");
        assertThatThrownBy(() -> Reshape.of(-1, -1)).hasMessageStartingWith("There must be at most one unknown");
        assertThatThrownBy(() -> Reshape.of(-2)).hasMessageStartingWith("Each dimension in `target_shape`");
    }

    @Test
    void outputShape_ofInputsThatDoNotFit_isRefusedInKerasWords() {
        assertThatThrownBy(() -> Add.of().outputShape(List.of(IMAGE, Shape.batchOf(4, 6, 2))))
                .hasMessage("Inputs have incompatible shapes. Received shapes (4, 6, 3) and (4, 6, 2)");
        assertThatThrownBy(() -> Add.of().outputShape(List.of(IMAGE, Shape.batchOf(4, 6, 1))))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("repeating the smaller one is not supported");
        assertThatThrownBy(() -> Add.of().outputShape(List.of(IMAGE, Shape.batchOf(3))))
                .isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> Add.of().outputShape(List.of()))
                .hasMessageStartingWith("A merge layer should be called on a list of at least 1 input.");
        assertThatThrownBy(() -> Add.of().outputShape(IMAGE))
                .hasMessageStartingWith("A merge layer should be called on a list of inputs.");
        assertThatThrownBy(() -> Add.of().on(Input.of(3)))
                .hasMessageStartingWith("A merge layer should be called on a list of inputs.");
        assertThatThrownBy(() -> Subtract.of().outputShape(List.of(IMAGE)))
                .hasMessage("A `Subtract` layer should be called on exactly 2 inputs. "
                        + "Received: input_shape=[(None, 4, 6, 3)]");
        assertThatThrownBy(() -> Concatenate.of().outputShape(List.of(IMAGE, Shape.batchOf(4, 5, 3))))
                .hasMessage("A `Concatenate` layer requires inputs with matching shapes except for the concatenation "
                        + "axis. Received: input_shape=[(None, 4, 6, 3), (None, 4, 5, 3)]");
        assertThatThrownBy(() -> Concatenate.of(0).outputShape(List.of(IMAGE, IMAGE)))
                .hasMessageStartingWith("Invalid `axis`");
        assertThatThrownBy(() -> Dense.of(3).outputShape(List.of(IMAGE, IMAGE)))
                .hasMessage("Layer \"dense\" expects 1 input(s), but it received 2 input tensors.");
    }

    @Test
    void constructors_ofWrongArguments_areRefusedInKerasWords() {
        assertThatThrownBy(() -> ZeroPadding2D.of(1, -2))
                .hasMessage("The `2nd entry of padding` argument must be a tuple of 2 integers. Received 2nd entry of "
                        + "padding=(-2, -2), including values {-2} that do not satisfy `value >= 0`");
        assertThatThrownBy(() -> ZeroPadding2D.of(1, 2, 3))
                .hasMessageStartingWith("`padding` should have two elements.");
        assertThatThrownBy(() -> Cropping2D.of(2).outputShape(IMAGE))
                .hasMessageContaining("should be smaller than the corresponding spatial dimension of the input");
        assertThatThrownBy(() -> UpSampling2D.of(0)).hasMessageContaining("`size` argument must be a tuple");
        assertThatThrownBy(() -> DepthwiseConv2D.of(3).depthMultiplier(0)).hasMessageContaining("depth_multiplier=0");
        assertThatThrownBy(() -> DepthwiseConv2D.of(3).strides(2).dilationRate(2))
                .hasMessageStartingWith("`strides > 1` not supported in conjunction with `dilation_rate > 1`");
        assertThatThrownBy(() -> ReLU.of().maxValue(-1.0)).hasMessageContaining("Received: max_value=-1.0");
        assertThatThrownBy(() -> ReLU.of().threshold(-1)).hasMessageContaining("Received: threshold=-1.0");
        assertThatThrownBy(() -> LeakyReLU.of(-1)).hasMessageContaining("Received: negative_slope=-1.0");
    }
}

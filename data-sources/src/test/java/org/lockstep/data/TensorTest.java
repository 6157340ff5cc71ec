package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class TensorTest {

    private final Tensor tensor = Tensor.of(new int[] {3, 2}, 1, 2, 3, 4, 5, 6);

    @Test
    void values_areKeptInCOrder() {
        assertThat(tensor.shape()).containsExactly(3, 2);
        assertThat(tensor.rank()).isEqualTo(2);
        assertThat(tensor.dimension(-1)).isEqualTo(2);
        assertThat(tensor.size()).isEqualTo(6);
        assertThat(tensor.values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(tensor).hasToString("Tensor(3, 2)");
    }

    @Test
    void rows_areACopy() {
        Tensor rows = tensor.rows(1, 3);
        assertThat(rows).isEqualTo(Tensor.of(new int[] {2, 2}, 3, 4, 5, 6));
        rows.values()[0] = 9;
        assertThat(tensor.values()[2]).isEqualTo(3);
        assertThat(tensor.rows(2, 2)).isEqualTo(Tensor.zeros(0, 2));
    }

    @Test
    void reshape_keepsTheValues() {
        assertThat(tensor.reshape(6).values()).isSameAs(tensor.values());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tensor.reshape(4))
                .withMessage("Cannot reshape Tensor(3, 2) to (4): it has 6 values and not 4");
    }

    @Test
    void equality_isByShapeAndBits() {
        assertThat(tensor).isNotEqualTo(tensor.reshape(2, 3));
        assertThat(Tensor.of(new int[] {1}, 0f)).isNotEqualTo(Tensor.of(new int[] {1}, -0f));
        assertThat(Tensor.of(new int[] {1}, Float.NaN)).isEqualTo(Tensor.of(new int[] {1}, Float.NaN));
    }

    @Test
    void bytes_areUnsignedAndScaledInFloat() {
        byte[] bytes = new byte[256];
        float[] floats = new float[256];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
            floats[i] = i * (1f / 255);
        }
        Tensor pixels = Tensor.ofBytes(new int[] {2, 128}, bytes, 1f / 255);
        Tensor same = Tensor.of(new int[] {2, 128}, floats);
        FloatBuffer direct = ByteBuffer.allocateDirect(1024).asFloatBuffer();
        pixels.copyTo(direct);
        assertThat(direct).isEqualTo(FloatBuffer.wrap(floats));
        assertThat(pixels.isBytes()).isTrue();
        assertThat(pixels.values()).containsExactly(floats);
        assertThat(pixels).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(same).isEqualTo(pixels);
        assertThat(pixels).isNotEqualTo(Tensor.ofBytes(new int[] {2, 128}, bytes, 1));
        assertThat(pixels.rows(1, 2)).isEqualTo(same.rows(1, 2));
        assertThat(pixels.rows(1, 2).isBytes()).isTrue();
        assertThat(pixels.reshape(256).bytes()).isSameAs(bytes);
    }

    @Test
    void bytes_needAScaleAndAreNotThereInFloats() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.zeroBytes(0, 2))
                .withMessage("Invalid `scale`: must be a finite number other than 0. Received: 0.0");
        assertThatIllegalStateException()
                .isThrownBy(tensor::bytes)
                .withMessage("Cannot take the bytes of Tensor(3, 2): it holds floats");
    }

    @Test
    void wrongSizes_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(new int[] {2, 2}, 1, 2, 3))
                .withMessage("Invalid `values`: shape (2, 2) holds 4 values. Received: 3 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.zeros(2, -1))
                .withMessage("Invalid `shape`: lengths must not be negative. Received: (2, -1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.zeros(1 << 16, 1 << 16))
                .withMessageContaining("(65536, 65536)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tensor.dimension(2))
                .withMessage("Invalid `axis`: must be in [-2, 2). Received: 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tensor.rows(2, 4))
                .withMessage("Invalid rows: must be within [0, 3] and in order. Received: [2, 4)");
    }

    @Test
    void batch_needsEquallyManySamplesEverywhere() {
        assertThat(new Batch(Tensor.zeros(0, 2), Tensor.zeros(0)).size()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(tensor, Tensor.zeros(2)))
                .withMessage("Data cardinality is ambiguous. Make sure all arrays contain the same number of samples."
                        + " 'x' sizes: 3, 'y' sizes: 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(tensor, Tensor.zeros(3), Tensor.zeros(1)))
                .withMessageContaining("'sample_weight' sizes: 1");
    }
}

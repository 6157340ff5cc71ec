package org.lockstep.executor.queue.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;

class ReplyTest {

    @Test
    void batch_ofFloatsWithWeights_comesBack() {
        Batch batch = new Batch(
                Tensor.of(new int[] {2, 3}, 1, -0f, Float.NaN, 4, 5, 6),
                Tensor.of(new int[] {2}, 7, 8),
                Tensor.of(new int[] {2}, 0.5f, 2));
        Reply.Made made = new Reply.Made(batch, List.of("Cannot read ä.png: why", ""));
        assertThat(Reply.made(Reply.made(made))).isEqualTo(made);
    }

    @Test
    void batch_ofPixels_staysBytes() {
        Tensor pixels = Tensor.ofBytes(new int[] {1, 3}, new byte[] {0, 127, -1}, 1f / 255);
        Batch copy = copy(new Batch(pixels, Tensor.of(new int[] {1}, 3)));
        assertThat(copy.x().bytes()).containsExactly(0, 127, -1);
        assertThat(copy.x().scale()).isEqualTo(1f / 255);
        assertThat(copy.y().values()).containsExactly(3);
        assertThat(copy.sampleWeight()).isNull();
    }

    @Test
    void batch_none_isNone() {
        assertThat(copy(Batch.NONE).isNone()).isTrue();
    }

    private static Batch copy(Batch batch) {
        return Reply.made(Reply.made(new Reply.Made(batch, List.of()))).batch();
    }
}

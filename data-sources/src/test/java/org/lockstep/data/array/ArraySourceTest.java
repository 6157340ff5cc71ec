package org.lockstep.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Feed;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;

class ArraySourceTest {

    private final Tensor x = Tensor.of(new int[] {3, 2, 1}, 1, 2, 3, 4, 5, 6);
    private final Tensor y = Tensor.of(new int[] {3, 2}, 1, 0, 0, 1, 1, 0);

    @Test
    void batches_areRowsOfTheArrays() {
        ArraySource source = ArraySource.of(x, y);
        assertThat(source.samples()).isEqualTo(3);
        assertThat(source.sampleShape()).containsExactly(2, 1);
        Feed feed = source.shard(0, 1).open(new BatchOrder(2, 1, false));
        assertThat(feed.get(Window.of(0, 100), 0)).isEqualTo(new Batch(x.rows(0, 2), y.rows(0, 2)));
        assertThat(feed.get(Window.of(0, 100), 1)).isEqualTo(new Batch(x.rows(2, 3), y.rows(2, 3)));
    }

    @Test
    void weights_comeAlong() {
        Tensor weight = Tensor.of(new int[] {3}, 1, 0, 2);
        Feed feed = ArraySource.of(x, y, weight).shard(1, 2).open(new BatchOrder(3, 1, false));
        assertThat(feed.get(Window.of(0, 100), 0)).isEqualTo(new Batch(x.rows(1, 3), y.rows(1, 3), weight.rows(1, 3)));
    }

    @Test
    void bytes_stayBytesInXAndBecomeFloatsInY() {
        Tensor pixels = Tensor.ofBytes(new int[] {2, 2}, new byte[] {1, 2, 3, -1}, 0.5f);
        Tensor labels = Tensor.ofBytes(new int[] {2}, new byte[] {7, -56}, 1);
        Feed feed = ArraySource.of(pixels, labels).shard(0, 1).open(new BatchOrder(2, 1, false));
        Batch batch = feed.get(Window.of(0, 1), 0);
        assertThat(batch.x().bytes()).containsExactly(1, 2, 3, -1);
        assertThat(batch.x().values()).containsExactly(0.5f, 1, 1.5f, 127.5f);
        assertThat(batch.y()).isEqualTo(Tensor.of(new int[] {2}, 7, 200));
    }

    @Test
    void unequalOrEmptyArrays_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArraySource.of(x, y.rows(0, 2)))
                .withMessageStartingWith("Data cardinality is ambiguous.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArraySource.of(x.rows(0, 0), y.rows(0, 0)))
                .withMessage("Invalid `x`: must hold at least one sample. Received: Tensor(0, 2, 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArraySource.of(x, y, Tensor.zeros(3, 2)))
                .withMessage("Invalid `sample_weight`: must hold one number for each sample. Received: Tensor(3, 2)");
    }
}

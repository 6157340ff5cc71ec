package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SampleRangeTest {

    private final DataSource source = new CountedSamples(10);

    @Test
    void takeAndSkip_divideTheSamples() {
        assertThat(labels(source.take(3))).containsExactly(0, 1, 2);
        assertThat(labels(source.skip(7))).containsExactly(7, 8, 9);
        assertThat(source.skip(7).sampleShape()).containsExactly(2);
        assertThat(source.skip(7).samples()).isEqualTo(3);
    }

    @Test
    void rangeOfARange_countsFromItsStart() {
        assertThat(labels(source.skip(2).range(1, 4).take(2))).containsExactly(3, 4);
    }

    @Test
    void weights_comeAlong() {
        Batch batch =
                source.skip(8).shard(0, 1).open(new BatchOrder(10, 1, false)).get(Window.of(0, 100), 0);
        assertThat(batch.sampleWeight()).isEqualTo(Tensor.of(new int[] {2}, 4, 4.5f));
    }

    @Test
    void rangesBeyondTheSamples_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.take(11))
                .withMessage("Invalid range: must hold at least one sample and lie within the 10 samples of the source."
                        + " Received: [0, 11)");
        assertThatIllegalArgumentException().isThrownBy(() -> source.range(4, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> source.range(-1, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.take(5).range(2, 6))
                .withMessage("Invalid range: must lie within the 5 samples of the source. Received: [2, 6)");
    }

    private static float[] labels(DataSource source) {
        return source.shard(0, 1)
                .open(new BatchOrder(100, 1, false))
                .get(Window.of(0, 100), 0)
                .y()
                .values();
    }
}

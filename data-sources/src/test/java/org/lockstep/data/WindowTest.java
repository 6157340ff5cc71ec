package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

    /** Every batch once, and each update's shards with batches next to each other. */
    @Test
    void batch_anySizes_dealsEachBatchOnce() {
        for (int replay : new int[] {0, 1, 2, 3}) {
            for (long from : new long[] {0, 1, 5, 8}) {
                for (int more = 0; more < 9; more++) {
                    for (int shards = 1; shards < 6; shards++) {
                        check(new Window(0, 0, replay, from, replay + more), shards);
                    }
                }
            }
        }
    }

    private static void check(Window window, int shards) {
        List<Long> seen = new ArrayList<>();
        for (int step = 0; step < window.updates(shards); step++) {
            List<Long> update = new ArrayList<>();
            for (int shard = 0; shard < shards; shard++) {
                long batch = window.batch(step, shard, shards);
                if (batch >= 0) {
                    assertThat(batch % shards).isEqualTo(shard);
                    update.add(batch);
                }
            }
            assertThat(update).isNotEmpty();
            update.sort(null);
            seen.addAll(update);
        }
        List<Long> expected = new ArrayList<>();
        for (long batch = 0; batch < window.replay(); batch++) {
            expected.add(batch);
        }
        for (long batch = 0; batch < window.count() - window.replay(); batch++) {
            expected.add(window.from() + batch);
        }
        assertThat(seen).isEqualTo(expected);
        for (int shard = 0; shard < shards; shard++) {
            assertThat(window.batch(window.updates(shards), shard, shards)).isEqualTo(-1);
        }
    }

    @Test
    void batch_unknownCount_neverEnds() {
        Window window = new Window(0, 0, 0, 6, Window.UNKNOWN);
        assertThat(window.updates(2)).isEqualTo(Integer.MAX_VALUE);
        assertThat(window.batch(1_000_000, 1, 2)).isEqualTo(2_000_007);
    }
}

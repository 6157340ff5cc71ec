package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

class IndexedShardTest {

    private static final long SEED = 1234567890123L;

    @Test
    void anySizes_giveEachSampleOnceInTheOrderOfSeedAndEpoch() {
        for (int samples : new int[] {1, 2, 3, 5, 7, 16, 33, 100, 257}) {
            for (int batchSize : new int[] {1, 2, 3, 8, 32, 128, 1000}) {
                for (int shards : new int[] {1, 2, 3, 4, 7, 16}) {
                    for (boolean shuffle : new boolean[] {false, true}) {
                        for (int epoch : new int[] {0, 1, 5}) {
                            check(samples, new BatchOrder(batchSize, SEED, shuffle), shards, epoch);
                        }
                    }
                }
            }
        }
    }

    private static void check(int samples, BatchOrder order, int shards, int epoch) {
        int[] expected = order.shuffle()
                ? CounterRandom.of(SEED, Purpose.SHUFFLE, epoch, 0, 0).permutation(samples)
                : IntStream.range(0, samples).toArray();
        List<Feed> feeds = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            feeds.add(new CountedSamples(samples).shard(shard, shards).open(order));
        }
        int steps = (samples + order.batchSize() - 1) / order.batchSize();
        Window window = Window.of(epoch, steps);
        int seen = 0;
        for (int step = 0; step < steps; step++) {
            int global = Math.min(order.batchSize(), samples - step * order.batchSize());
            for (int shard = 0; shard < shards; shard++) {
                Batch batch = feeds.get(shard).get(window, step);
                int from = global * shard / shards;
                int to = global * (shard + 1) / shards;
                assertThat(batch.size()).isEqualTo(to - from);
                assertThat(batch.x().shape()).containsExactly(to - from, 2);
                assertThat(batch.y().shape()).containsExactly(to - from);
                assertThat(batch.sampleWeight()).isNotNull();
                for (int i = 0; i < batch.size(); i++) {
                    int sample = expected[seen++];
                    assertThat(batch.x().values()[2 * i]).isEqualTo(sample);
                    assertThat(batch.x().values()[2 * i + 1]).isEqualTo(-sample);
                    assertThat(batch.y().values()[i]).isEqualTo(sample);
                    assertThat(batch.sampleWeight().values()[i]).isEqualTo(sample / 2f);
                }
            }
        }
        assertThat(seen).isEqualTo(samples);
    }

    @Test
    void oneBatch_isTheSameEachTimeItIsAskedFor() {
        Feed feed = new CountedSamples(50).shard(1, 3).open(new BatchOrder(16, SEED, true));
        Batch first = feed.get(Window.of(2, 4), 1);
        feed.get(Window.of(2, 4), 3);
        assertThat(feed.get(Window.of(2, 4), 1)).isEqualTo(first);
        assertThat(feed.get(Window.of(3, 4), 1)).isNotEqualTo(first);
        assertThat(feed.get(Window.of(2, 4), 1)).isEqualTo(first);
        feed.close();
    }

    @Test
    void passOverTwoEpochs_goesOnInItsOrder() {
        Feed feed = new CountedSamples(50).shard(0, 1).open(new BatchOrder(10, SEED, true));
        Window rest = new Window(3, 2, 0, 3, 2);
        assertThat(feed.get(rest, 1)).isEqualTo(feed.get(Window.of(2, 5), 4));
        assertThat(feed.get(rest, 2)).isSameAs(Batch.NONE);
    }

    @Test
    void wrongNumbers_areRefused() {
        CountedSamples source = new CountedSamples(50);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.shard(3, 3))
                .withMessage("Invalid `shard`: must be in [0, shards) with shards=3. Received: 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.shard(-1, 3))
                .withMessageEndingWith("Received: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.shard(0, 0))
                .withMessage("Invalid `shards`: must be a positive integer. Received: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchOrder(0, 1, false))
                .withMessage("Invalid `batch_size`: must be a positive integer. Received: 0");
    }
}

package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

class SequenceFeedTest {

    private static final BatchOrder PLAIN = new BatchOrder(1, 7, false);

    /** Batch i holds i and how often an epoch has ended. */
    private static final class Counting implements Sequence {

        private final int length;
        private int ended;

        Counting(int length) {
            this.length = length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public Batch get(int index) {
            return batch(index, ended);
        }

        @Override
        public void onEpochEnd() {
            ended++;
        }
    }

    private static final class Empty implements Sequence {

        @Override
        public int length() {
            return 1;
        }

        @Override
        public Batch get(int index) {
            return Batch.NONE;
        }
    }

    private static Batch batch(float x, float y) {
        return new Batch(Tensor.of(new int[] {1}, x), Tensor.of(new int[] {1}, y));
    }

    private static List<Integer> pass(TrainingData data, BatchOrder order, Window window, int shards) {
        List<Integer> seen = new ArrayList<>();
        List<Feed> feeds = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            feeds.add(data.shard(shard, shards).open(order));
        }
        feeds.forEach(feed -> feed.onEpochBegin(window.epoch()));
        for (int step = 0; step < window.updates(shards); step++) {
            for (Feed feed : feeds) {
                Batch batch = feed.get(window, step);
                if (batch.size() > 0) {
                    seen.add((int) batch.x().values()[0]);
                }
            }
        }
        return seen;
    }

    @Test
    void get_anyShards_givesEveryBatchOnce() {
        for (int shards = 1; shards < 6; shards++) {
            assertThat(pass(new Counting(7), PLAIN, Window.of(0, 7), shards)).containsExactly(0, 1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void get_shuffled_hasTheOrderOfSeedAndEpochWhateverTheShards() {
        BatchOrder shuffled = new BatchOrder(1, 7, true);
        int[] expected = CounterRandom.of(7, Purpose.SHUFFLE, 3, 0, 0).permutation(9);
        for (int shards = 1; shards < 4; shards++) {
            assertThat(pass(new Counting(9), shuffled, Window.of(3, 9), shards))
                    .containsExactlyElementsOf(IntStream.of(expected).boxed().toList());
        }
    }

    @Test
    void get_shardedSequences_givesEachItsOwn() {
        ShardedSequence sharded = (shard, shards) -> new Counting(shard == 0 ? 3 : 1);
        assertThat(sharded.batches(PLAIN, 2)).isEqualTo(6);
        assertThat(pass(sharded, PLAIN, Window.of(0, 6), 2)).containsExactly(0, 0, 1, 2);
    }

    @Test
    void onEpochBegin_inALaterEpochOrAnEarlierOne_findsTheStateOfTheEpochsBefore() {
        Counting user = new Counting(2);
        Feed feed = user.shard(0, 1).open(new BatchOrder(1, 7, false, 2));
        for (int epoch : new int[] {5, 6, 3, 4}) {
            feed.onEpochBegin(epoch);
            assertThat(feed.get(Window.of(epoch, 2), 1).y().values()[0]).isEqualTo(epoch - 2);
            feed.onEpochEnd(epoch);
        }
        assertThat(user.ended).isZero();
    }

    @Test
    void get_batchWithoutSamples_refused() {
        ShardedSequence empty = (shard, shards) -> new Empty();
        assertThatThrownBy(() -> pass(empty, PLAIN, Window.of(0, 1), 1))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot use batch 0: it has no samples");
    }

    private static Iterator<Batch> upTo(int count) {
        return IntStream.range(0, count).mapToObj(i -> batch(i, 0)).iterator();
    }

    @Test
    void generator_anyShards_givesEveryBatchOnceAndEnds() {
        BatchGenerator dealt = BatchGenerator.dealt((seed, epoch) -> upTo(7));
        for (int shards = 1; shards < 5; shards++) {
            assertThat(pass(dealt, PLAIN, new Window(0, 0, 0, 0, 12), shards)).containsExactly(0, 1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void generator_placeBefore_isGivenAgain() {
        BatchGenerator dealt = BatchGenerator.dealt((seed, epoch) -> upTo(7));
        Feed feed = dealt.shard(0, 1).open(PLAIN);
        Window later = new Window(1, 0, 0, 3, 4);
        assertThat(feed.get(later, 2).x().values()[0]).isEqualTo(5);
        assertThat(feed.get(later, 0).x().values()[0]).isEqualTo(3);
        assertThat(feed.get(later, 3).x().values()[0]).isEqualTo(6);
        assertThat(feed.get(new Window(2, 0, 2, 6, 4), 1).x().values()[0]).isEqualTo(1);
        assertThat(feed.get(new Window(2, 0, 2, 6, 4), 2).x().values()[0]).isEqualTo(6);
        assertThat(feed.get(new Window(2, 0, 2, 6, 4), 3)).isSameAs(Batch.NONE);
    }
}

package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
                .hasMessage("index 0: Cannot use a batch that has no samples");
    }

    /** Notes its hooks and gets. */
    private static final class Noting implements Sequence {

        private static final List<String> HEARD = new ArrayList<>();

        @Override
        public int length() {
            return 2;
        }

        @Override
        public Batch get(int index) {
            HEARD.add("get " + index);
            return batch(index, 0);
        }

        @Override
        public void onEpochBegin(int epoch) {
            HEARD.add("begin " + epoch);
        }

        @Override
        public void onEpochEnd() {
            HEARD.add("end");
        }
    }

    private static List<String> heard(Rehearsal rehearsal, int... epochs) {
        Noting.HEARD.clear();
        Feed feed = new Noting().shard(0, 1).open(new BatchOrder(1, 7, false, 3, rehearsal));
        for (int epoch : epochs) {
            feed.onEpochBegin(epoch);
            feed.get(Window.of(epoch, 2), 1);
            feed.onEpochEnd(epoch);
        }
        return List.copyOf(Noting.HEARD);
    }

    /** Keras 3.15.1 on JAX calls a PyDataset in these orders, in fit and in the evaluations after epochs. */
    @Test
    void onEpochBegin_rehearsed_callsWhatKerasCalls() {
        assertThat(heard(Rehearsal.NONE, 3)).containsExactly("begin 3", "get 1", "end");
        assertThat(heard(Rehearsal.WHOLE, 3, 4))
                .containsExactly("begin 3", "get 0", "end", "begin 3", "get 1", "end", "begin 4", "get 1", "end");
        assertThat(heard(Rehearsal.WHOLE, 4, 3))
                .as("a copy in another place has heard the same")
                .containsExactly(
                        "begin 3", "get 0", "end", "begin 3", "end", "begin 4", "get 1", "end", "begin 3", "get 0",
                        "end", "begin 3", "get 1", "end");
        assertThat(heard(Rehearsal.END, 3, 4))
                .containsExactly("end", "begin 3", "get 1", "end", "end", "begin 4", "get 1", "end");
    }

    @Test
    void onEpochBegin_rehearsedWithShuffle_getsTheFirstOfTheOrder() {
        Noting.HEARD.clear();
        int first = CounterRandom.of(8, Purpose.SHUFFLE, 0, 0, 0).permutation(2)[0];
        new Noting()
                .shard(1, 2)
                .open(new BatchOrder(1, 8, true, 0, Rehearsal.WHOLE))
                .onEpochBegin(0);
        assertThat(Noting.HEARD).containsExactly("begin 0", "get " + first, "end", "begin 0");
    }

    /** Every index once over consecutive windows, whatever the shards, their lengths, the order and the steps. */
    @Test
    void get_shardedSequencesOfUnevenLengths_givesEveryBatchOnce() {
        CounterRandom random = CounterRandom.of(12, Purpose.SYNTHETIC_DATA, 0, 0, 0);
        for (int shards = 1; shards <= 5; shards++) {
            for (int repeat = 0; repeat < 8; repeat++) {
                int[] lengths =
                        IntStream.range(0, shards).map(i -> random.nextInt(7)).toArray();
                lengths[random.nextInt(shards)]++;
                ShardedSequence sharded = (shard, all) -> new Counting(lengths[shard]);
                int steps = 1 + random.nextInt(9);
                for (boolean shuffle : new boolean[] {false, true}) {
                    assertOnce(sharded, lengths, new BatchOrder(1, 7, shuffle), steps);
                }
            }
        }
    }

    private static void assertOnce(ShardedSequence data, int[] lengths, BatchOrder order, int steps) {
        int shards = lengths.length;
        long all = data.batches(order, shards);
        for (int shard = 0; shard < shards; shard++) {
            Feed feed = data.shard(shard, shards).open(order);
            List<Integer> seen = new ArrayList<>();
            int epoch = 0;
            for (long from = 0; from < all; from += steps) {
                Window window = new Window(epoch++, 0, 0, from, Math.min(steps, all - from));
                feed.onEpochBegin(window.epoch());
                for (int step = 0; step < window.updates(shards); step++) {
                    Batch batch = feed.get(window, step);
                    if (!batch.isNone()) {
                        seen.add((int) batch.x().values()[0]);
                    }
                }
            }
            assertThat(seen)
                    .as("shard %d of %s, %d steps, %s", shard, Arrays.toString(lengths), steps, order)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, lengths[shard]).boxed().toList());
        }
    }

    @Test
    void get_shuffledOverConsecutiveWindows_givesEveryBatchOnce() {
        for (int shards = 1; shards <= 5; shards++) {
            for (int steps = 1; steps <= 11; steps++) {
                BatchOrder order = new BatchOrder(1, steps, true);
                List<Integer> seen = new ArrayList<>();
                int epoch = 0;
                for (long from = 0; from < 11; from += steps) {
                    Window window = new Window(epoch++, 0, 0, from, Math.min(steps, 11 - from));
                    seen.addAll(pass(new Counting(11), order, window, shards));
                }
                assertThat(seen)
                        .as("%d shards, %d steps", shards, steps)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.of(CounterRandom.of(steps, Purpose.SHUFFLE, 0, 0, 0)
                                                .permutation(11))
                                        .boxed()
                                        .toList());
            }
        }
    }

    @Test
    void get_userCodeFails_isNamedByItsIndex() {
        ShardedSequence failing = (shard, shards) -> new Failing(new IllegalStateException("record 17 is broken"));
        assertThatThrownBy(() -> pass(failing, PLAIN, Window.of(0, 1), 1))
                .isInstanceOf(BadDataException.class)
                .hasMessage("index 0: record 17 is broken")
                .hasRootCauseInstanceOf(IllegalStateException.class);
        ShardedSequence linking = (shard, shards) -> new Failing(new UnsatisfiedLinkError());
        assertThatThrownBy(() -> pass(linking, PLAIN, Window.of(0, 1), 1))
                .hasMessage("index 0: java.lang.UnsatisfiedLinkError");
        ShardedSequence none = (shard, shards) -> new Failing(null);
        assertThatThrownBy(() -> pass(none, PLAIN, Window.of(0, 1), 1))
                .hasMessage("index 0: Output of generator should be a tuple `(x, y, sample_weight)` or `(x, y)`."
                        + " Found: None");
    }

    /** Throws, or gives no batch. */
    private record Failing(@Nullable Throwable failure) implements Sequence {

        @Override
        public int length() {
            return 1;
        }

        @Override
        @SuppressWarnings("NullAway") // as user code may do
        public Batch get(int index) {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            return null;
        }
    }

    @Test
    void generator_givesNoBatch_isNamedByItsNumber() {
        BatchGenerator dealt = BatchGenerator.dealt((seed, epoch) -> Stream.concat(
                        IntStream.range(0, 4).mapToObj(i -> batch(i, 0)), Stream.of((Batch) null))
                .iterator());
        Feed feed = dealt.shard(0, 2).open(PLAIN);
        Window window = Window.of(0, 9);
        assertThat(feed.get(window, 1).x().values()[0]).isEqualTo(2);
        assertThat(feed.describe(window, 1)).isEqualTo("batch 2 of the generator");
        assertThatThrownBy(() -> feed.get(window, 2))
                .hasMessage("batch 4 of the generator: Output of generator should be a tuple `(x, y,"
                        + " sample_weight)` or `(x, y)`. Found: None");
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

package org.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lockstep.report.SkippedRecords;

class BadRecordsTest {

    private static final BadRecordRule SKIP_A_TENTH = new BadRecordRule(OnBadRecord.SKIP, 0.1);

    /** Counted samples of which every one whose number ends in 7 is bad. */
    private record Spoilt(CountedSamples all, BadRecordLimit limit, BadRecords badRecords)
            implements IndexedSource, Samples {

        static Spoilt of(int samples, BadRecordRule rule) {
            BadRecordLimit limit = new BadRecordLimit("the data", samples, rule);
            return new Spoilt(new CountedSamples(samples), limit, new BadRecords(limit));
        }

        @Override
        public int[] sampleShape() {
            return all.xShape();
        }

        @Override
        public long samples() {
            return all.count();
        }

        @Override
        public BadRecordLimit badRecordLimit() {
            return limit;
        }

        @Override
        public Samples openSamples() {
            return this;
        }

        @Override
        public long count() {
            return all.count();
        }

        @Override
        public int[] xShape() {
            return all.xShape();
        }

        @Override
        public int[] yShape() {
            return all.yShape();
        }

        @Override
        public boolean weighted() {
            return true;
        }

        @Override
        public @Nullable Float byteScale() {
            return null;
        }

        @Override
        public void copy(long index, Tensor x, Tensor y, int row) {
            all.copy(index, x, y, row);
            if (index % 10 == 7) {
                throw new BadRecordException("Cannot read record " + index);
            }
        }

        @Override
        public float weight(long index) {
            return all.weight(index);
        }
    }

    @Test
    void skip_leavesTheBadOutAndTheOthersInTheirBatches() {
        for (int shards : new int[] {1, 2, 3}) {
            for (boolean shuffle : new boolean[] {false, true}) {
                BatchOrder order = new BatchOrder(8, 5, shuffle);
                Spoilt spoilt = Spoilt.of(50, SKIP_A_TENTH);
                BadRecords skipped = new BadRecords(spoilt.badRecordLimit());
                for (int shard = 0; shard < shards; shard++) {
                    Feed feed = spoilt.shard(shard, shards).open(order);
                    Feed whole = new CountedSamples(50).shard(shard, shards).open(order);
                    for (int step = 0; step < 7; step++) {
                        Window window = Window.of(0, 7);
                        assertThat(feed.get(window, step)).isEqualTo(withoutSevens(whole.get(window, step)));
                        assertThat(feed.get(window, step)).isEqualTo(feed.get(window, step));
                    }
                    skipped.addAll(feed.drainSkipped());
                    assertThat(feed.drainSkipped()).isEmpty();
                }
                assertThat(skipped.skipped())
                        .isEqualTo(new SkippedRecords(
                                5,
                                List.of(
                                        "Cannot read record 17",
                                        "Cannot read record 27",
                                        "Cannot read record 37",
                                        "Cannot read record 47",
                                        "Cannot read record 7")));
            }
        }
    }

    private static Batch withoutSevens(Batch batch) {
        List<Integer> good = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (batch.y().values()[i] % 10 != 7) {
                good.add(i);
            }
        }
        Tensor x = Tensor.zeros(good.size(), 2);
        Tensor y = Tensor.zeros(good.size());
        Tensor weight = Tensor.zeros(good.size());
        for (int i = 0; i < good.size(); i++) {
            float number = batch.y().values()[good.get(i)];
            x.values()[2 * i] = number;
            x.values()[2 * i + 1] = 0 - number;
            y.values()[i] = number;
            weight.values()[i] = number / 2;
        }
        return new Batch(x, y, weight);
    }

    @Test
    void batchOfBadOnly_isEmptyButHasItsShape() {
        Feed feed = Spoilt.of(50, SKIP_A_TENTH).range(7, 8).shard(0, 1).open(new BatchOrder(4, 1, false));
        Batch batch = feed.get(Window.of(0, 1), 0);
        assertThat(batch).isEqualTo(new Batch(Tensor.zeros(0, 2), Tensor.zeros(0), Tensor.zeros(0)));
        assertThat(feed.drainSkipped()).containsExactly("Cannot read record 7");
    }

    @Test
    void fail_isTheRecordsOwnError() {
        Feed feed = Spoilt.of(50, BadRecordRule.FAIL).shard(0, 1).open(new BatchOrder(50, 1, false));
        assertThatThrownBy(() -> feed.get(Window.of(0, 1), 0))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("Cannot read record 7");
        assertThat(feed.drainSkipped()).isEmpty();
    }

    @Test
    void moreThanTheShare_failsAndSaysSo() {
        Spoilt source = Spoilt.of(50, new BadRecordRule(OnBadRecord.SKIP, 0.08));
        Feed first = source.shard(0, 2).open(new BatchOrder(50, 1, false));
        Feed second = source.shard(1, 2).open(new BatchOrder(50, 1, false));
        assertThat(first.get(Window.of(0, 1), 0).size()).isEqualTo(23);
        assertThat(first.get(Window.of(1, 1), 0).size()).isEqualTo(23);
        assertThatThrownBy(() -> second.get(Window.of(0, 1), 0))
                .isInstanceOf(BadDataException.class)
                .isNotInstanceOf(BadRecordException.class)
                .hasMessage("Cannot go on with the data: of its 50 records, 5 were found to be bad, more than"
                        + " `max_bad_share`=0.08 allows. One of them: Cannot read record 47");
    }

    @Test
    void longLists_areCut() {
        Set<String> names = new TreeSet<>();
        for (int i = 1000; i < 1150; i++) {
            names.add("" + i);
        }
        SkippedRecords many = SkippedRecords.of(names);
        assertThat(many.count()).isEqualTo(150);
        assertThat(many.first()).hasSize(100).startsWith("1000").endsWith("1099");
        SkippedRecords more = many.plus(SkippedRecords.of(Set.of("0")));
        assertThat(more.count()).isEqualTo(151);
        assertThat(more.first()).hasSize(100).startsWith("0", "1000");
    }

    @Test
    void countedElsewhere_areTakenTogetherAndFailAboveTheShare() {
        IndexedSource source = Spoilt.of(50, new BadRecordRule(OnBadRecord.SKIP, 0.04));
        BadRecords all = new BadRecords(source.skip(10).badRecordLimit());
        all.addAll(List.of("a", "b"));
        all.addAll(List.of("b", "a"));
        assertThat(all.skipped()).isEqualTo(new SkippedRecords(2, List.of("a", "b")));
        assertThatThrownBy(() -> all.addAll(List.of("c")))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("of its 50 records, 3 were found to be bad, more than `max_bad_share`=0.04");
    }

    @Test
    void wrongSettings_areRefused() {
        for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new BadRecordRule(OnBadRecord.SKIP, share))
                    .withMessage("Invalid `max_bad_share`: must be in [0, 1]. Received: " + share);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnBadRecord.of("ignore"))
                .withMessage("Invalid `on_bad_record`: must be \"fail\" or \"skip\". Received: \"ignore\"");
    }
}

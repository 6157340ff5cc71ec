package org.lockstep.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterRandomTest {

    private static CounterRandom stream(long seed) {
        return CounterRandom.of(seed, Purpose.DROPOUT, 1, 2, 3);
    }

    /** The known answers of Random123, {@code kat_vectors}, philox4x32 10. */
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
    })
    void philox_ofKnownCounters_givesKnownAnswers(String counter, String key, String answer) {
        int[] c = words(counter);
        int[] k = words(key);
        int[] block = new int[4];

        Philox.block(c[0], c[1], c[2], c[3], k[0], k[1], block);

        assertThat(block).containsExactly(words(answer));
    }

    private static int[] words(String hex) {
        return Arrays.stream(hex.split(" "))
                .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                .toArray();
    }

    @Test
    void nextInt_ofEqualKeys_givesEqualNumbers() {
        CounterRandom a = stream(7);
        CounterRandom b = stream(7);

        for (int i = 0; i < 100; i++) {
            assertThat(a.nextInt()).isEqualTo(b.nextInt());
        }
    }

    /** Across the places where many are made at a time and where one is. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4})
    void nextInts_afterSomeNumbers_areTheNextInts(int before) {
        CounterRandom one = stream(-7);
        CounterRandom many = stream(-7);
        for (int i = 0; i < before; i++) {
            assertThat(many.nextInt()).isEqualTo(one.nextInt());
        }
        for (int length : new int[] {0, 2, 513, 3 * 512, 1100, 5}) {
            int[] numbers = new int[length];
            many.nextInts(numbers);
            for (int number : numbers) {
                assertThat(number).isEqualTo(one.nextInt());
            }
        }
    }

    @Test
    void of_differentKeys_givesDifferentNumbers() {
        Set<Integer> first = new HashSet<>();
        int streams = 0;
        for (Purpose purpose : Purpose.values()) {
            for (int place = 0; place < 8; place++) {
                first.add(CounterRandom.of(1, purpose, place & 1, place >> 1 & 1, place >> 2)
                        .nextInt());
                streams++;
            }
        }
        first.add(CounterRandom.of(1L << 40, Purpose.SHUFFLE, 0, 0, 0).nextInt());

        assertThat(first).hasSize(streams + 1);
    }

    @Test
    void nextDouble_isUniform() {
        CounterRandom random = stream(5);
        int[] counts = new int[10];
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            double value = random.nextDouble();
            sum += value;
            counts[(int) (10 * value)]++;
        }

        assertThat(sum / 100_000).isCloseTo(0.5, within(0.005));
        assertThat(Arrays.stream(counts)).allMatch(count -> count > 9_600 && count < 10_400);
    }

    @Test
    void nextFloat_staysBelowOne() {
        CounterRandom random = stream(6);

        assertThat(IntStream.range(0, 100_000).mapToObj(i -> random.nextFloat()))
                .allMatch(value -> value >= 0 && value < 1);
    }

    @Test
    void nextGaussian_isStandardNormal() {
        CounterRandom random = stream(8);
        double sum = 0;
        double squares = 0;
        int beyond = 0;
        for (int i = 0; i < 100_000; i++) {
            double value = random.nextGaussian();
            sum += value;
            squares += value * value;
            beyond += Math.abs(value) > 2 ? 1 : 0;
        }

        assertThat(sum / 100_000).isCloseTo(0, within(0.015));
        assertThat(squares / 100_000).isCloseTo(1, within(0.03));
        assertThat(beyond / 100_000.0).isCloseTo(0.0455, within(0.004));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 1000, Integer.MAX_VALUE})
    void nextInt_ofBound_staysBelowIt(int bound) {
        CounterRandom random = stream(9);

        assertThat(IntStream.range(0, 1000).map(i -> random.nextInt(bound))).allMatch(i -> i >= 0 && i < bound);
    }

    @Test
    void nextInt_ofBound_isUniform() {
        CounterRandom random = stream(10);
        int[] counts = new int[3];
        for (int i = 0; i < 30_000; i++) {
            counts[random.nextInt(3)]++;
        }

        assertThat(Arrays.stream(counts)).allMatch(count -> count > 9_600 && count < 10_400);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 17, 1000})
    void permutation_holdsEachIndexOnce(int length) {
        int[] order = stream(11).permutation(length);

        assertThat(Arrays.stream(order).sorted())
                .containsExactly(IntStream.range(0, length).boxed().toArray(Integer[]::new));
    }

    @Test
    void permutation_ofThree_hasAllOrdersEquallyOften() {
        CounterRandom random = stream(12);
        int[] counts = new int[27];
        for (int i = 0; i < 6_000; i++) {
            int[] order = random.permutation(3);
            counts[9 * order[0] + 3 * order[1] + order[2]]++;
        }

        assertThat(Arrays.stream(counts).filter(count -> count > 0))
                .hasSize(6)
                .allMatch(count -> count > 850 && count < 1150);
    }

    @Test
    void of_wrongEpochOrBound_isRefused() {
        assertThatThrownBy(() -> CounterRandom.of(1, Purpose.SHUFFLE, 1 << 24, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `epoch`: must be in [0, 2^24). Received: 16777216");
        assertThatThrownBy(() -> stream(1).nextInt(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `bound`: must be positive. Received: 0");
    }
}

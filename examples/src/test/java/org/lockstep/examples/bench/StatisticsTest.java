package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lockstep.examples.bench.Statistics.Interval;

class StatisticsTest {

    @Test
    void median_oddAndEvenCounts_isTheMiddle() {
        assertThat(Statistics.median(values(9, 1, 5))).isEqualTo(5);
        assertThat(Statistics.median(values(9, 1, 5, 6))).isEqualTo(5.5);
        assertThat(Statistics.min(values(9, 1, 5))).isEqualTo(1);
        assertThat(Statistics.max(values(9, 1, 5))).isEqualTo(9);
    }

    /** Ranks and coverage as in the usual tables: n = 6: 1 to 6, 96.9 %; 9: 2 to 8, 96.1 %; 12: 3 to 10, 96.1 %; 20: 6 to 15, 95.9 %. */
    @Test
    void medianInterval_isTheNarrowestPairOfRanksWith95Percent() {
        assertInterval(6, 1, 6, 1 - 2.0 / 64);
        assertInterval(8, 1, 8, 1 - 2.0 / 256);
        assertInterval(9, 2, 8, 1 - 2 * 10.0 / 512);
        assertInterval(12, 3, 10, 1 - 2 * 79.0 / 4096);
        assertInterval(20, 6, 15, 1 - 2 * 21700.0 / 1048576);
    }

    @Test
    void medianInterval_ofFewValues_isTheRangeWithItsCoverage() {
        assertInterval(1, 1, 1, 0);
        assertInterval(3, 1, 3, 0.75);
        assertInterval(5, 1, 5, 0.9375);
    }

    @Test
    void statistics_ofNothing_areRefused() {
        assertThatThrownBy(() -> Statistics.median(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `values`: must hold at least one measurement. Received: []");
    }

    private static void assertInterval(int count, double low, double high, double coverage) {
        List<Double> values =
                IntStream.rangeClosed(1, count).mapToObj(i -> (double) i).toList();
        Interval interval = Statistics.medianInterval(values);
        assertThat(interval.low()).isEqualTo(low);
        assertThat(interval.high()).isEqualTo(high);
        assertThat(interval.coverage()).isCloseTo(coverage, within(1e-12));
    }

    private static List<Double> values(double... values) {
        return DoubleStream.of(values).boxed().toList();
    }
}

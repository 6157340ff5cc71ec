package org.lockstep.callbacks.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HistogramTest {

    private static double[] column(double[] rows, int column) {
        double[] values = new double[rows.length / 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[3 * i + column];
        }
        return values;
    }

    @Test
    void values_areCountedInBucketsOfOneWidth() {
        double[] rows = Histogram.of(new float[] {0, 1, 1.5f, 29.5f, 30});
        assertThat(column(rows, 0)).startsWith(0, 1, 2).endsWith(28, 29).hasSize(30);
        assertThat(column(rows, 1)).startsWith(1, 2, 3).endsWith(29, 30).hasSize(30);
        assertThat(column(rows, 2)).startsWith(1, 2, 0).endsWith(0, 2);
        assertThat(Arrays.stream(column(rows, 2)).sum()).isEqualTo(5);
    }

    @Test
    void oneValue_liesInTheLastBucketOfNoWidth() {
        double[] rows = Histogram.of(new float[] {0.5f, 0.5f});
        assertThat(column(rows, 0)).hasSize(30).containsOnly(0.5);
        assertThat(column(rows, 1)).hasSize(30).containsOnly(0.5);
        assertThat(column(rows, 2)).startsWith(0, 0).endsWith(0, 2);
    }

    @Test
    void noValue_leavesZeros() {
        assertThat(Histogram.of(new float[0])).hasSize(90).containsOnly(0);
    }
}

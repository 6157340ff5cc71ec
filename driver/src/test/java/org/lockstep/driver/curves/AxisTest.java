package org.lockstep.driver.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

    private static List<String> labels(double low, double high) {
        Axis axis = Axis.of(low, high, 5);
        return axis.ticks().stream().map(axis::label).toList();
    }

    @Test
    void of_values_roundTicksAroundThem() {
        assertThat(labels(0.12, 0.97)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(0, 60)).containsExactly("0", "20", "40", "60");
        assertThat(labels(-0.3, 0.3)).containsExactly("-0.4", "-0.2", "0.0", "0.2", "0.4");
        assertThat(labels(1e-5, 3e-5)).containsExactly("0.000010", "0.000015", "0.000020", "0.000025", "0.000030");
        assertThat(labels(2, 2)).first().isEqualTo("1.0");
        assertThat(labels(0, 0)).contains("0.0000");
    }

    @Test
    void every_manyEpochs_aboutTwelveNumbers() {
        assertThat(Axis.every(12)).isEqualTo(1);
        assertThat(Axis.every(13)).isEqualTo(2);
        assertThat(Axis.every(200)).isEqualTo(20);
    }
}

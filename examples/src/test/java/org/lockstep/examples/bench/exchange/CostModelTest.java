package org.lockstep.examples.bench.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.examples.bench.exchange.CostModel.Point;

class CostModelTest {

    @Test
    void fit_ofExactTimes_findsLatencyAndBandwidth() {
        CostModel model = CostModel.fit(List.of(exact(6, 4e6), exact(12, 12e6), exact(24, 28e6), exact(24, 10e6)));

        assertThat(model.latency()).isCloseTo(20e-6, within(1e-12));
        assertThat(model.bandwidth()).isCloseTo(5e9, within(1.0));
        assertThat(model.rSquared()).isCloseTo(1, within(1e-9));
        assertThat(model.seconds(100, 5e9)).isCloseTo(1.002, within(1e-9));
    }

    @Test
    void fit_ofOtherTimes_hasTheLeastRelativeErrors() {
        CostModel model = CostModel.fit(List.of(new Point(6, 4, 1), new Point(12, 12, 3), new Point(24, 28, 4)));

        double error = error(model.latency(), 1 / model.bandwidth());
        for (double step : List.of(-1e-4, 1e-4)) {
            assertThat(error(model.latency() + step, 1 / model.bandwidth())).isGreaterThan(error);
            assertThat(error(model.latency(), 1 / model.bandwidth() + step)).isGreaterThan(error);
        }
        assertThat(model.rSquared()).isBetween(0.0, 1.0);
    }

    private static double error(double latency, double perByte) {
        double sum = 0;
        for (double[] point : new double[][] {{6, 4, 1}, {12, 12, 3}, {24, 28, 4}}) {
            double relative = (latency * point[0] + perByte * point[1]) / point[2] - 1;
            sum += relative * relative;
        }
        return sum;
    }

    @Test
    void fit_whereTimeFallsWithMessages_leavesThemOut() {
        CostModel model = CostModel.fit(List.of(new Point(1, 1e6, 1), new Point(100, 2e6, 1.8)));

        assertThat(model.latency()).isZero();
        assertThat(model.seconds(50, 2e6)).isBetween(1.8, 2.0);
    }

    @Test
    void fit_ofOnePoint_isRefused() {
        assertThatThrownBy(() -> CostModel.fit(List.of(exact(1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `points`: a cost model needs at least 2. Received: 1");
    }

    private static Point exact(double messages, double bytes) {
        return new Point(messages, bytes, 20e-6 * messages + bytes / 5e9);
    }
}

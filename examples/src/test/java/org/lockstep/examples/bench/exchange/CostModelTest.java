package org.lockstep.examples.bench.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lockstep.examples.bench.exchange.CostModel.Point;

class CostModelTest {

    private static Point point(long messages, double bytes, double operations, double share, double seconds) {
        return new Point("net", 2, new Load(3, messages, bytes, operations), share, seconds);
    }

    /** 20 us a message, 0.2 ns a byte, 1 ns an operation. */
    private static Point exact(long messages, double bytes, double operations, double share) {
        return point(
                messages, bytes, operations, share, share * (20e-6 * messages + 2e-10 * bytes + 1e-9 * operations));
    }

    @Test
    void fit_ofExactTimes_findsAllThreeCosts() {
        CostModel model = CostModel.fit(
                List.of(exact(0, 0, 3e6, 1), exact(6, 4e6, 2e6, 1), exact(12, 12e6, 2e6, 2), exact(45, 10e6, 1e6, 8)));

        assertThat(model.perMessage()).isCloseTo(20e-6, within(1e-11));
        assertThat(model.perByte()).isCloseTo(2e-10, within(1e-16));
        assertThat(model.perOperation()).isCloseTo(1e-9, within(1e-15));
        assertThat(model.meanResidual()).isLessThan(1e-6);
        assertThat(model.seconds(new Load(1, 100, 1e9, 0))).isCloseTo(0.202, within(1e-6));
    }

    @Test
    void fit_withKnownOperations_leavesThemAlone() {
        CostModel model = CostModel.fit(List.of(exact(6, 4e6, 4e6, 1), exact(12, 12e6, 12e6, 2)), 1e-9);

        assertThat(model.perOperation()).isEqualTo(1e-9);
        assertThat(model.perMessage()).isCloseTo(20e-6, within(1e-11));
        assertThat(model.perByte()).isCloseTo(2e-10, within(1e-16));
    }

    @Test
    void fit_ofOtherTimes_hasTheLeastRelativeErrors() {
        List<Point> points = List.of(point(6, 4, 0, 1, 1), point(12, 12, 0, 1, 3), point(24, 28, 0, 1, 4));
        CostModel model = CostModel.fit(points);

        double error = error(points, model.perMessage(), model.perByte());
        for (double step : List.of(-1e-4, 1e-4)) {
            assertThat(error(points, model.perMessage() + step, model.perByte()))
                    .isGreaterThan(error);
            assertThat(error(points, model.perMessage(), model.perByte() + step))
                    .isGreaterThan(error);
        }
        assertThat(model.meanResidual()).isBetween(0.0, 1.0);
    }

    private static double error(List<Point> points, double perMessage, double perByte) {
        CostModel model = new CostModel(perMessage, perByte, 0, points);
        return points.stream()
                .mapToDouble(model::residual)
                .map(value -> value * value)
                .sum();
    }

    @Test
    void fit_whereTimeFallsWithMessages_leavesThemOut() {
        CostModel model = CostModel.fit(List.of(point(1, 1e6, 0, 1, 1), point(100, 2e6, 0, 1, 1.8)));

        assertThat(model.perMessage()).isZero();
        assertThat(model.seconds(new Load(1, 50, 2e6, 0))).isBetween(1.8, 2.0);
    }

    @Test
    void fit_ofOnePoint_isRefused() {
        assertThatThrownBy(() -> CostModel.fit(List.of(exact(1, 1, 1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `points`: a cost model needs at least 2. Received: 1");
    }

    /** Four workers on two processors: each has half of one. */
    @Test
    void point_ofMoreWorkersThanProcessors_sharesThem() {
        Measurement measured =
                new Measurement("sockets", "lenet", 10, 4, Load.NONE, null, List.of(new Meter.Reading(1, Double.NaN)));

        assertThat(Point.of(measured, 2, 1).share()).isEqualTo(2);
        assertThat(Point.of(measured, 8, 1).share()).isEqualTo(1);
    }
}

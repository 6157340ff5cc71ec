package org.lockstep.examples.bench.exchange;

import java.util.Arrays;
import java.util.List;

/**
 * What a worker's processor spends on a step's exchange: α · messages + β · bytes + γ · operations, in seconds; a message
 * or a byte is sent once and received once for that.
 *
 * @param perMessage α: seconds of a message
 * @param perByte β: seconds of a byte
 * @param perOperation γ: seconds of an operation on a number
 * @param points what it was fitted to
 */
public record CostModel(double perMessage, double perByte, double perOperation, List<Point> points) {

    /**
     * One thing that was measured.
     *
     * @param model the network's name
     * @param load of one worker
     * @param share how many workers each processor had
     */
    public record Point(String model, int workers, Load load, double share, double seconds) {

        /**
         * What was measured of some workers on a machine.
         *
         * @param seconds the median
         */
        public static Point of(Measurement measured, int processors, double seconds) {
            int workers = measured.workers();
            return new Point(
                    measured.model(),
                    workers,
                    measured.load(),
                    (double) workers / Math.min(workers, processors),
                    seconds);
        }
    }

    public CostModel {
        points = List.copyOf(points);
    }

    /** The model with the least sum of squared relative errors; no part is negative. */
    public static CostModel fit(List<Point> points) {
        check(points);
        double[] seconds = points.stream().mapToDouble(Point::seconds).toArray();
        double[] factors = LeastSquares.fit(rows(points, 3), seconds, seconds);
        return new CostModel(factors[0], factors[1], factors[2], points);
    }

    /**
     * The same where γ is known from elsewhere: among workers that send all that they sum up, bytes and operations grow
     * together.
     */
    public static CostModel fit(List<Point> points, double perOperation) {
        check(points);
        double[] seconds = points.stream().mapToDouble(Point::seconds).toArray();
        double[] left = points.stream()
                .mapToDouble(point -> point.seconds()
                        - perOperation * point.share() * point.load().operations())
                .toArray();
        double[] factors = LeastSquares.fit(rows(points, 2), left, seconds);
        return new CostModel(factors[0], factors[1], perOperation, points);
    }

    private static double[][] rows(List<Point> points, int columns) {
        return points.stream()
                .map(point -> Arrays.copyOf(
                        new double[] {
                            point.share() * point.load().messages(),
                            point.share() * point.load().bytes(),
                            point.share() * point.load().operations()
                        },
                        columns))
                .toArray(double[][]::new);
    }

    private static void check(List<Point> points) {
        if (points.size() < 2) {
            throw new IllegalArgumentException(
                    "Invalid `points`: a cost model needs at least 2. Received: " + points.size());
        }
    }

    /** What a worker that has a processor for itself spends. */
    public double seconds(Load load) {
        return perMessage * load.messages() + perByte * load.bytes() + perOperation * load.operations();
    }

    /** What it says of a point, whose workers share processors. */
    public double seconds(Point point) {
        return point.share() * seconds(point.load());
    }

    /** By how much what it says of a point is above what was measured, as a part of that. */
    public double residual(Point point) {
        return seconds(point) / point.seconds() - 1;
    }

    /** The mean size of the residuals. */
    public double meanResidual() {
        return points.stream()
                .mapToDouble(point -> Math.abs(residual(point)))
                .average()
                .orElse(0);
    }
}

package org.lockstep.examples.bench.exchange;

import java.util.List;

/**
 * A step's exchange in seconds as {@code latency * messages + bytes / bandwidth}, summed over all workers of one machine.
 *
 * @param latency seconds for each message
 * @param bandwidth bytes in a second; infinite where time does not grow with bytes
 * @param rSquared the part of the variation that the model explains, at most 1
 */
public record CostModel(double latency, double bandwidth, double rSquared) {

    /**
     * One thing that was measured.
     *
     * @param messages among workers
     * @param bytes that they hold
     * @param seconds what they took
     */
    public record Point(double messages, double bytes, double seconds) {}

    /**
     * The model with the least sum of squared relative errors. Neither part is negative: one that would be is left out.
     *
     * @param points two or more, of more than one number of messages or bytes
     */
    public static CostModel fit(List<Point> points) {
        if (points.size() < 2) {
            throw new IllegalArgumentException(
                    "Invalid `points`: a cost model needs at least 2. Received: " + points.size());
        }
        double mm = 0;
        double mb = 0;
        double bb = 0;
        double mt = 0;
        double bt = 0;
        for (Point point : points) {
            double m = point.messages() / point.seconds();
            double b = point.bytes() / point.seconds();
            mm += m * m;
            mb += m * b;
            bb += b * b;
            mt += m;
            bt += b;
        }
        double determinant = mm * bb - mb * mb;
        double latency = (bb * mt - mb * bt) / determinant;
        double perByte = (mm * bt - mb * mt) / determinant;
        if (!(latency >= 0)) {
            latency = 0;
            perByte = bt / bb;
        } else if (!(perByte >= 0)) {
            perByte = 0;
            latency = mt / mm;
        }
        return new CostModel(latency, 1 / perByte, rSquared(points, latency, perByte));
    }

    private static double rSquared(List<Point> points, double latency, double perByte) {
        double mean = points.stream().mapToDouble(Point::seconds).average().orElse(0);
        double unexplained = 0;
        double all = 0;
        for (Point point : points) {
            double error = point.seconds() - latency * point.messages() - perByte * point.bytes();
            unexplained += error * error;
            all += (point.seconds() - mean) * (point.seconds() - mean);
        }
        return 1 - unexplained / all;
    }

    /** What the model says of that many messages and bytes. */
    public double seconds(double messages, double bytes) {
        return latency * messages + bytes / bandwidth;
    }
}

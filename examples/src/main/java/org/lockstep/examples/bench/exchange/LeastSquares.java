package org.lockstep.examples.bench.exchange;

/** Factors, none negative, with which columns of numbers add up to targets. */
final class LeastSquares {

    private static final int MOST_SWEEPS = 100_000;
    private static final double CLOSE = 1e-14;

    private LeastSquares() {}

    /**
     * The factors for which the sum of ((row · factors − target) / scale)² is least, by coordinate descent: one factor after
     * the other takes its best value that is not negative, until none changes. The problem is convex, so it matters not
     * where that begins.
     *
     * @param rows for each target what the factors multiply
     * @param scales positive: how much an error counts
     */
    static double[] fit(double[][] rows, double[] targets, double[] scales) {
        double[] factors = new double[rows[0].length];
        double[] missing = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            missing[row] = targets[row] / scales[row];
        }
        double change = 1;
        for (int sweep = 0; sweep < MOST_SWEEPS && change > CLOSE; sweep++) {
            change = 0;
            for (int column = 0; column < factors.length; column++) {
                change = Math.max(change, improve(column, rows, scales, factors, missing));
            }
        }
        return factors;
    }

    /** Gives one factor its best value; returns by how much that changes the sums. */
    private static double improve(int column, double[][] rows, double[] scales, double[] factors, double[] missing) {
        double along = 0;
        double squares = 0;
        for (int row = 0; row < rows.length; row++) {
            double scaled = rows[row][column] / scales[row];
            along += scaled * missing[row];
            squares += scaled * scaled;
        }
        if (squares == 0) {
            return 0;
        }
        double step = Math.max(-factors[column], along / squares);
        factors[column] += step;
        for (int row = 0; row < rows.length; row++) {
            missing[row] -= step * rows[row][column] / scales[row];
        }
        return Math.abs(step) * Math.sqrt(squares);
    }
}

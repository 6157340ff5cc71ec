package org.lockstep.callbacks.tensorboard;

/** Numbers counted in {@value #BUCKETS} buckets of one width, as TensorBoard's histogram summaries count them. */
final class Histogram {

    static final int BUCKETS = 30;

    private Histogram() {}

    /**
     * For each bucket its left edge, its right edge and how many of the values lie in it; the last has its right edge too.
     * Where all values are the same, every edge is that value, and the last bucket has them.
     */
    static double[] of(float[] values) {
        double[] rows = new double[3 * BUCKETS];
        if (values.length == 0) {
            return rows;
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        double width = (max - min) / BUCKETS;
        for (int i = 0; i < BUCKETS; i++) {
            rows[3 * i] = min + i * width;
            rows[3 * i + 1] = i == BUCKETS - 1 ? max : min + (i + 1) * width;
        }
        for (float value : values) {
            int bucket = width == 0 ? BUCKETS - 1 : (int) Math.floor((value - min) / width);
            rows[3 * Math.min(bucket, BUCKETS - 1) + 2]++;
        }
        return rows;
    }
}

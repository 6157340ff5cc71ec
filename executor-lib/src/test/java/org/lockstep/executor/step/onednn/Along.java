package org.lockstep.executor.step.onednn;

/** Activations along an axis, in double and by their definitions. */
final class Along {

    private Along() {}

    static double[] axis(String name, double[] x, int[] shape, int axis) {
        int place = axis < 0 ? axis + shape.length : axis;
        int length = shape[place];
        int inner = 1;
        for (int i = place + 1; i < shape.length; i++) {
            inner *= shape[i];
        }
        int outer = x.length / length / inner;
        int outputLength = name.equals("glu") ? length / 2 : length;
        double[] y = new double[outer * outputLength * inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                double[] line = new double[length];
                for (int k = 0; k < length; k++) {
                    line[k] = x[(o * length + k) * inner + i];
                }
                double[] result = line(name, line);
                for (int k = 0; k < outputLength; k++) {
                    y[(o * outputLength + k) * inner + i] = result[k];
                }
            }
        }
        return y;
    }

    private static double[] line(String name, double[] x) {
        double[] y = new double[name.equals("glu") ? x.length / 2 : x.length];
        double sum = 0;
        for (double value : x) {
            sum += Math.exp(value);
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = switch (name) {
                case "softmax" -> Math.exp(x[i]) / sum;
                case "log_softmax" -> x[i] - Math.log(sum);
                case "glu" -> x[i] / (1 + Math.exp(-x[i + y.length]));
                default -> Math.max(x[i] - tau(x), 0);
            };
        }
        return y;
    }

    /** By bisection: Σ max(x − τ, 0) falls from above 1 to 0. */
    private static double tau(double[] x) {
        double low = -100;
        double high = 100;
        for (int step = 0; step < 200; step++) {
            double middle = (low + high) / 2;
            double sum = 0;
            for (double value : x) {
                sum += Math.max(value - middle, 0);
            }
            if (sum > 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

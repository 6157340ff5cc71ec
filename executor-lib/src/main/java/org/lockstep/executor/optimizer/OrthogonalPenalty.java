package org.lockstep.executor.optimizer;

import org.lockstep.keras.KerasSettings;
import org.lockstep.regularizers.OrthogonalRegularizer;

/**
 * c · Σ_{i&lt;j} |qᵢ · qⱼ| over the n rows (or columns) q of a matrix, each divided by max(‖q‖, ε), with
 * c = factor / (n (n − 1) / 2); 0 where n is 1 and there is no pair.
 */
final class OrthogonalPenalty {

    private final double[][] q;
    private final double[] norm;
    private final double[][] slope;
    private final boolean columns;
    private double penalty;

    OrthogonalPenalty(OrthogonalRegularizer regularizer, int[] shape, float[] w) {
        columns = regularizer.mode().equals("columns");
        int count = shape[columns ? 1 : 0];
        int length = shape[columns ? 0 : 1];
        q = new double[count][length];
        norm = new double[count];
        slope = new double[count][length];
        for (int i = 0; i < count; i++) {
            normalize(i, w);
        }
        if (count > 1) {
            addPairs(regularizer.factor() / (count * (count - 1.0) / 2));
        }
    }

    double value() {
        return penalty;
    }

    /** The penalty's gradient, in the matrix's own order. */
    float[] gradient() {
        int count = q.length;
        int length = count == 0 ? 0 : q[0].length;
        float[] gradient = new float[count * length];
        for (int i = 0; i < count; i++) {
            boolean clamped = norm[i] <= KerasSettings.EPSILON;
            double along = clamped ? 0 : dot(q[i], slope[i]);
            double scale = Math.max(norm[i], KerasSettings.EPSILON);
            for (int k = 0; k < length; k++) {
                gradient[place(i, k)] = (float) ((slope[i][k] - along * q[i][k]) / scale);
            }
        }
        return gradient;
    }

    private void normalize(int i, float[] w) {
        for (int k = 0; k < q[i].length; k++) {
            q[i][k] = w[place(i, k)];
        }
        norm[i] = Math.sqrt(dot(q[i], q[i]));
        double scale = Math.max(norm[i], KerasSettings.EPSILON);
        for (int k = 0; k < q[i].length; k++) {
            q[i][k] /= scale;
        }
    }

    private void addPairs(double c) {
        double sum = 0;
        for (int i = 0; i < q.length; i++) {
            for (int j = 0; j < i; j++) {
                double product = dot(q[i], q[j]);
                sum += Math.abs(product);
                double sign = c * Math.signum(product);
                for (int k = 0; k < q[i].length; k++) {
                    slope[i][k] += sign * q[j][k];
                    slope[j][k] += sign * q[i][k];
                }
            }
        }
        penalty = c * sum;
    }

    private int place(int i, int k) {
        return columns ? k * q.length + i : i * q[i].length + k;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}

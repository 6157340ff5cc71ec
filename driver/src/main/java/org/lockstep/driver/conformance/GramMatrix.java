package org.lockstep.driver.conformance;

/** The products of a matrix's columns, or of its rows where those are fewer: the identity times gain² if orthogonal. */
final class GramMatrix {

    private GramMatrix() {}

    /** Compares with expected values named {@code gram…}: a matrix, or one number for diagonal or off-diagonal entries. */
    static void check(Fields expected, int[] shape, float[] values, Check check) {
        for (String name : expected.names()) {
            if (name.startsWith("gram")) {
                int cols = shape[shape.length - 1];
                check(name, expected.numbers(name), gram(values, values.length / cols, cols), check);
            }
        }
    }

    private static void check(String name, Numbers wanted, double[][] gram, Check check) {
        int size = gram.length;
        if (wanted.values().length == size * size && size > 1) {
            for (int i = 0; i < size * size; i++) {
                check.close(name, wanted.values()[i], gram[i / size][i % size]);
            }
            return;
        }
        boolean off = name.contains("off");
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                if ((i == j) != off) {
                    check.close(name, wanted.values()[0], gram[i][j]);
                }
            }
        }
    }

    private static double[][] gram(float[] values, int rows, int cols) {
        int size = Math.min(rows, cols);
        double[][] gram = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double dot = 0;
                for (int k = 0; k < Math.max(rows, cols); k++) {
                    dot += rows < cols
                            ? (double) values[i * cols + k] * values[j * cols + k]
                            : (double) values[k * cols + i] * values[k * cols + j];
                }
                gram[i][j] = dot;
            }
        }
        return gram;
    }
}

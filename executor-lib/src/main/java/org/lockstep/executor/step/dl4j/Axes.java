package org.lockstep.executor.step.dl4j;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Orders of axes. */
final class Axes {

    private Axes() {}

    static int[] identity(int rank) {
        return IntStream.range(0, rank).toArray();
    }

    static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }

    /** What moves an array from one order to another, both given as places in a third. */
    static int[] between(int[] from, int[] to) {
        int[] places = inverse(from);
        return IntStream.of(to).map(axis -> places[axis]).toArray();
    }

    /** A copy in C order. */
    static INDArray permute(INDArray array, int[] permutation) {
        return array.permute(permutation).dup('c');
    }
}

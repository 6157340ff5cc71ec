package org.lockstep.executor.step.dl4j;

import java.util.Arrays;
import org.lockstep.data.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies between tensors and ND4J's arrays, which count lengths in long. */
final class Tensors {

    private Tensors() {}

    static INDArray array(Tensor tensor) {
        return Nd4j.create(tensor.values(), longs(tensor.shape()), 'c');
    }

    static Tensor tensor(INDArray array) {
        int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
        return Tensor.of(shape, array.dup('c').data().asFloat());
    }

    static long[] longs(int... shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }
}

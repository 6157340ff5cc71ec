package org.lockstep.driver.files;

import java.lang.reflect.Array;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Numbers as Java's arrays of arrays, which is how jHDF takes them. */
final class Nested {

    private Nested() {}

    /** Arrays of this shape, of at least one dimension, from the buffer's numbers in C order. */
    static Object arrays(int[] shape, FloatBuffer values) {
        if (shape.length == 1) {
            float[] row = new float[shape[0]];
            values.get(row);
            return row;
        }
        int[] inner = Arrays.copyOfRange(shape, 1, shape.length);
        Object arrays = Array.newInstance(float.class, shape);
        for (int i = 0; i < shape[0]; i++) {
            Array.set(arrays, i, arrays(inner, values));
        }
        return arrays;
    }
}

package org.lockstep.executor.step.onednn;

/** Distances, in numbers, between neighbours along each axis. */
final class Strides {

    private Strides() {}

    /** Of a tensor in C order. */
    static long[] of(long... dims) {
        long[] strides = new long[dims.length];
        long next = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = next;
            next *= dims[axis];
        }
        return strides;
    }
}

package org.lockstep.report;

/**
 * One layer's part of a training step.
 *
 * @param name of the layer
 * @param className Keras's class of it
 * @param forwardNanos median time of the forward pass
 * @param backwardNanos median time of the backward pass
 * @param forwardFlops multiplications and additions of the forward pass's products with a kernel; 0 without a kernel
 * @param backwardFlops the same of the backward pass
 */
public record LayerTimes(
        String name, String className, long forwardNanos, long backwardNanos, long forwardFlops, long backwardFlops) {

    public long nanos() {
        return forwardNanos + backwardNanos;
    }

    public long flops() {
        return forwardFlops + backwardFlops;
    }

    /** GFLOP/s over both passes. */
    public double gigaflops() {
        return nanos() == 0 ? 0 : (double) flops() / nanos();
    }
}

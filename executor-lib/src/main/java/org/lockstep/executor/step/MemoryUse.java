package org.lockstep.executor.step;

/**
 * Native memory that a network holds for batches of one size: activations, their gradients, kernels in other orders and
 * scratch space. The flat vectors of weights and gradients are not counted, nor
 * what their update needs.
 *
 * @param batch the number of samples
 * @param trainingBytes for training steps
 * @param inferenceBytes for evaluation and prediction
 */
public record MemoryUse(int batch, long trainingBytes, long inferenceBytes) {

    /** Rounded up. */
    public long trainingBytesPerImage() {
        return perImage(trainingBytes);
    }

    /** Rounded up. */
    public long inferenceBytesPerImage() {
        return perImage(inferenceBytes);
    }

    private long perImage(long bytes) {
        return (bytes + batch - 1) / batch;
    }
}

package org.lockstep.report;

import java.util.List;

/**
 * Where the time of one network's training step goes.
 *
 * @param samples of the step
 * @param threads that computed it
 * @param steps of which the times are medians
 * @param stepNanos the whole step, loss and metrics included
 * @param peakGigaflops what a large matrix product in the model's numbers reached in the same process
 * @param layers in the model's order
 */
public record StepProfile(
        int samples, int threads, int steps, long stepNanos, double peakGigaflops, List<LayerTimes> layers) {

    public StepProfile {
        layers = List.copyOf(layers);
    }

    /** The layers' times together. */
    public long layerNanos() {
        return layers.stream().mapToLong(LayerTimes::nanos).sum();
    }

    /** The part of the peak, in [0, 1], that a layer's products reach; 0 without products. */
    public double peakShare(LayerTimes layer) {
        return peakGigaflops == 0 ? 0 : layer.gigaflops() / peakGigaflops;
    }
}

package org.lockstep.data.synthetic;

import org.lockstep.data.IndexedSource;
import org.lockstep.data.Loaded;
import org.lockstep.data.Samples;

/**
 * "Handwritten" digits that are drawn where they are needed: x is (28, 28, 1) in [0, 1], y the digit. Sample i is a
 * function of the seed and of i, the same on every machine; its digit is random too. A range of indices that training
 * does not use is held-out data.
 *
 * @param samples the number of samples
 * @param seed the seed of all drawings
 */
public record SyntheticDigits(long samples, long seed) implements IndexedSource {

    public SyntheticDigits {
        if (samples < 1) {
            throw new IllegalArgumentException("Invalid `samples`: must be a positive integer. Received: " + samples);
        }
    }

    public static SyntheticDigits of(long samples, long seed) {
        return new SyntheticDigits(samples, seed);
    }

    @Override
    public int[] sampleShape() {
        return new int[] {Canvas.SIDE, Canvas.SIDE, 1};
    }

    @Override
    public String fingerprint() {
        return "digits of seed " + seed;
    }

    @Override
    public Samples openSamples() {
        return Loaded.of(this, DrawnDigits.class, () -> new DrawnDigits(samples, seed));
    }
}

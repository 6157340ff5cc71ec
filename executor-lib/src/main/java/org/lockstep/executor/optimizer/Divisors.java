package org.lockstep.executor.optimizer;

/**
 * What a step's sums are divided by.
 *
 * @param samples those of moving statistics; the step's number of samples, at least 1
 * @param gradient those of gradients, as the loss's reduction has it; 0 makes them 0
 */
public record Divisors(long samples, double gradient) {

    public Divisors {
        if (samples < 1) {
            throw new IllegalArgumentException(
                    "Invalid `samples`: a step needs at least one sample. Received: " + samples);
        }
    }

    /** Those of a loss that is averaged over samples. */
    static Divisors mean(long samples) {
        return new Divisors(samples, (double) samples);
    }

    /** What the sums of a part are divided by. */
    float of(Part part) {
        return part.isTrainable() ? (float) gradient : (float) samples;
    }
}

package org.lockstep.data;

import java.io.Serializable;
import org.lockstep.random.CounterRandom;

/** A change to a sample's x, mostly a random one, made where the batch is made. Called by several threads at once. */
@FunctionalInterface
public interface Augmentation extends Serializable {

    /**
     * Changes one sample in place.
     *
     * @param x (rows, ...), of bytes or floats as its source has them
     * @param row the sample
     * @param random numbers that depend on seed, epoch and sample alone, on nothing else: all machines draw the same
     */
    void change(Tensor x, int row, CounterRandom random);
}

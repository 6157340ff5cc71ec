package org.lockstep.layers;

import java.io.Serializable;

/** A variable of a layer: its name in the layer, its shape, how it changes, and how it starts. */
public record Variable(String name, Shape shape, Role role, Weight weight) implements Serializable {

    /** How a variable changes in training. */
    public enum Role {
        /** By the optimizer. */
        TRAINABLE,
        /** As a moving average of batch statistics. */
        MOVING,
        /** Not at all: its layer is not trainable. */
        FROZEN
    }

    /** Numbers in the variable. */
    public int size() {
        int size = 1;
        for (int dimension : shape.dimensions()) {
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }
}

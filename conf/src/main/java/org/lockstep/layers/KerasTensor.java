package org.lockstep.layers;

/**
 * A tensor to come, of which only the shape is known: what Keras calls a symbolic tensor. A model is what lies between
 * two of them.
 *
 * <p>Two of them are the same only if they are the same object.
 */
public sealed interface KerasTensor permits Input, Node {

    /** The shape, batch first. */
    Shape shape();
}

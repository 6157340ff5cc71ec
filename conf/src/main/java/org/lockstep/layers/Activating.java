package org.lockstep.layers;

import org.lockstep.activations.Activation;

/** A layer that is an activation function and nothing else. */
public sealed interface Activating extends Layer permits ActivationLayer, ELU, LeakyReLU, ReLU, Softmax {

    @Override
    Activation activation();

    @Override
    default Shape outputShape(Shape input) {
        return Activated.shape(activation(), input);
    }
}

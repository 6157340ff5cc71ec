package org.lockstep.executor.step.dl4j;

import org.lockstep.activations.Activation;
import org.lockstep.activations.Function;
import org.lockstep.layers.Layer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** Keras's activations among DL4J's: only those with the same formula. Neither of DL4J's two gelu is Keras's. */
final class Activations {

    private Activations() {}

    /** DL4J's function for a layer's activation. */
    static IActivation of(Layer layer, Activation activation) {
        return switch (activation.function()) {
            case LINEAR -> new ActivationIdentity();
            case RELU -> relu(layer, activation);
            case RELU6 -> new ActivationReLU6();
            case LEAKY_RELU -> new ActivationLReLU(activation.argument("negative_slope"));
            case ELU -> elu(layer, activation);
            case SELU -> new ActivationSELU();
            case SIGMOID -> new ActivationSigmoid();
            case TANH -> new ActivationTanH();
            case SOFTMAX -> softmax(layer, activation);
            case SOFTPLUS -> new ActivationSoftPlus();
            case SOFTSIGN -> new ActivationSoftSign();
            case HARD_SIGMOID_KERAS2 -> new ActivationHardSigmoid();
            case SILU -> new ActivationSwish();
            case MISH -> new ActivationMish();
            case HARD_TANH -> new ActivationHardTanH();
            case THRESHOLD -> threshold(layer, activation);
            default -> throw Refusal.of(layer, "activation", "must be one that DL4J has", activation);
        };
    }

    /** Whether each number depends on its neighbours along the last axis of Keras's order. */
    static boolean readsLastAxis(Activation activation) {
        return activation.function() == Function.SOFTMAX;
    }

    private static IActivation relu(Layer layer, Activation activation) {
        double slope = activation.argument("negative_slope");
        double max = activation.argument("max_value");
        double threshold = activation.argument("threshold");
        if (threshold != 0 || max <= 0) {
            throw Refusal.of(layer, "activation", "relu must have threshold 0 and a positive max_value", activation);
        }
        return new ActivationReLU(Double.isInfinite(max) ? null : max, null, slope == 0 ? null : slope);
    }

    /** DL4J's gradient forgets alpha. */
    private static IActivation elu(Layer layer, Activation activation) {
        if (activation.argument("alpha") != 1) {
            throw Refusal.of(layer, "activation", "elu must have alpha 1", activation);
        }
        return new ActivationELU();
    }

    private static IActivation softmax(Layer layer, Activation activation) {
        if (activation.argument("axis") != -1) {
            throw Refusal.of(layer, "activation", "softmax must have axis -1", activation);
        }
        return new ActivationSoftmax();
    }

    private static IActivation threshold(Layer layer, Activation activation) {
        if (activation.argument("default_value") != 0) {
            throw Refusal.of(layer, "activation", "threshold must have default_value 0", activation);
        }
        return new ActivationThresholdedReLU(activation.argument("threshold"));
    }
}

package org.lockstep.layers;

import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.constraints.Constraint;
import org.lockstep.initializers.Initializer;
import org.lockstep.regularizers.Regularizer;

/**
 * A layer with a window that slides over images, a bias and an activation: what convolutions have in common.
 *
 * @param <T> the layer itself
 */
public sealed interface Convolving<T extends Convolving<T>> extends Layer
        permits Conv2D, Conv2DTranspose, DepthwiseConv2D, SeparableConv2D {

    Window window();

    T window(Window value);

    @Override
    Activation activation();

    T activation(Activation value);

    boolean useBias();

    T useBias(boolean value);

    Weight bias();

    /** How the bias starts, its penalty and its constraint. */
    T bias(Weight value);

    T activityRegularizer(@Nullable Regularizer value);

    @Override
    T conf(LayerConf value);

    /** One number, or height and width. */
    default T strides(int... value) {
        return window(window().strides(Pair.of("strides", value)));
    }

    /** {@code "valid"} or {@code "same"}. */
    default T padding(String value) {
        return window(window().padding(Padding.of(value)));
    }

    /** {@code "channels_last"}, {@code "channels_first"}, or null for the setting of {@code ~/.keras/keras.json}. */
    default T dataFormat(@Nullable String value) {
        return window(window().dataFormat(DataFormat.of(value)));
    }

    /** One number, or height and width. */
    default T dilationRate(int... value) {
        return window(window().dilation(Pair.of("dilation_rate", value)));
    }

    default T activation(@Nullable String value) {
        return activation(Activation.of(value));
    }

    default T activityRegularizer(@Nullable String value) {
        return activityRegularizer(Regularizer.of(value));
    }

    default T biasInitializer(String value) {
        return biasInitializer(Initializer.of(value));
    }

    default T biasInitializer(Initializer value) {
        return bias(bias().initializer(value));
    }

    default T biasRegularizer(@Nullable String value) {
        return biasRegularizer(Regularizer.of(value));
    }

    default T biasRegularizer(@Nullable Regularizer value) {
        return bias(bias().regularizer(value));
    }

    default T biasConstraint(@Nullable String value) {
        return biasConstraint(Constraint.of(value));
    }

    default T biasConstraint(@Nullable Constraint value) {
        return bias(bias().constraint(value));
    }

    default T name(String value) {
        return conf(conf().name(value));
    }

    default T trainable(boolean value) {
        return conf(conf().trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    default T inputShape(int... sample) {
        return conf(conf().inputShape(sample));
    }
}

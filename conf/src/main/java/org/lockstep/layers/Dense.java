package org.lockstep.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.constraints.Constraint;
import org.lockstep.initializers.Initializer;
import org.lockstep.regularizers.Regularizer;

/**
 * activation(x · kernel + bias) over the last axis.
 *
 * <p>Input shape: (batch, …, in). Output shape: (batch, …, units). Variables: kernel (in, units), bias (units).
 */
public record Dense(
        LayerConf conf,
        int units,
        Activation activation,
        boolean useBias,
        Weight kernel,
        Weight bias,
        @Nullable Regularizer activityRegularizer)
        implements Layer {

    public Dense {
        if (units <= 0) {
            throw new IllegalArgumentException(
                    "Received an invalid value for `units`, expected a positive integer. Received: units=" + units);
        }
    }

    public static Dense of(int units) {
        return new Dense(
                LayerConf.DEFAULT,
                units,
                Activation.LINEAR,
                true,
                Weight.startingWith("glorot_uniform"),
                Weight.startingWith("zeros"),
                null);
    }

    public Dense activation(@Nullable String value) {
        return activation(Activation.of(value));
    }

    public Dense activation(Activation value) {
        return new Dense(conf, units, value, useBias, kernel, bias, activityRegularizer);
    }

    public Dense useBias(boolean value) {
        return new Dense(conf, units, activation, value, kernel, bias, activityRegularizer);
    }

    public Dense activityRegularizer(@Nullable String value) {
        return activityRegularizer(Regularizer.of(value));
    }

    public Dense activityRegularizer(@Nullable Regularizer value) {
        return new Dense(conf, units, activation, useBias, kernel, bias, value);
    }

    private Dense kernel(Weight value) {
        return new Dense(conf, units, activation, useBias, value, bias, activityRegularizer);
    }

    private Dense bias(Weight value) {
        return new Dense(conf, units, activation, useBias, kernel, value, activityRegularizer);
    }

    public Dense kernelInitializer(String value) {
        return kernelInitializer(Initializer.of(value));
    }

    public Dense kernelInitializer(Initializer value) {
        return kernel(kernel.initializer(value));
    }

    public Dense biasInitializer(String value) {
        return biasInitializer(Initializer.of(value));
    }

    public Dense biasInitializer(Initializer value) {
        return bias(bias.initializer(value));
    }

    public Dense kernelRegularizer(@Nullable String value) {
        return kernelRegularizer(Regularizer.of(value));
    }

    public Dense kernelRegularizer(@Nullable Regularizer value) {
        return kernel(kernel.regularizer(value));
    }

    public Dense biasRegularizer(@Nullable String value) {
        return biasRegularizer(Regularizer.of(value));
    }

    public Dense biasRegularizer(@Nullable Regularizer value) {
        return bias(bias.regularizer(value));
    }

    public Dense kernelConstraint(@Nullable String value) {
        return kernelConstraint(Constraint.of(value));
    }

    public Dense kernelConstraint(@Nullable Constraint value) {
        return kernel(kernel.constraint(value));
    }

    public Dense biasConstraint(@Nullable String value) {
        return biasConstraint(Constraint.of(value));
    }

    public Dense biasConstraint(@Nullable Constraint value) {
        return bias(bias.constraint(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        Rank.requireAtLeast(name(), input, 2);
        return Activated.shape(activation, input.with(-1, units));
    }

    @Override
    public List<Variable> variables(Shape input) {
        Rank.requireAtLeast(name(), input, 2);
        if (!input.isKnown(-1)) {
            throw new IllegalArgumentException("The last dimension of the inputs to a Dense layer should be defined. "
                    + "Found None. Full input shape received: " + input);
        }
        List<Variable> variables = new ArrayList<>();
        variables.add(kernel.variable("kernel", trainable(), input.dimension(-1), units));
        if (useBias) {
            variables.add(bias.variable("bias", trainable(), units));
        }
        return List.copyOf(variables);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("units", units)
                .with("activation", activation)
                .with("use_bias", useBias)
                .with("kernel_initializer", kernel.initializer())
                .with("bias_initializer", bias.initializer())
                .with("kernel_regularizer", kernel.regularizer())
                .with("bias_regularizer", bias.regularizer())
                .with("kernel_constraint", kernel.constraint())
                .with("bias_constraint", bias.constraint())
                .asMap();
    }

    @Override
    public Dense conf(LayerConf value) {
        return new Dense(value, units, activation, useBias, kernel, bias, activityRegularizer);
    }

    public Dense name(String value) {
        return conf(conf.name(value));
    }

    public Dense trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public Dense inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}

package org.lockstep.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * y = γ · (x − mean) / √(var + ε) + β along one axis.
 *
 * <p>In training mean and var are those of the shard's batch, or of the global batch where the layer is synchronized
 * (population variance), and the moving statistics follow: moving · momentum + batch · (1 − momentum). In inference, or
 * when not trainable, the moving statistics are used.
 * Variables: gamma, beta, moving_mean, moving_variance. Output shape: the input's.
 */
public record BatchNormalization(
        LayerConf conf,
        int axis,
        double momentum,
        double epsilon,
        Weight gamma,
        Weight beta,
        boolean center,
        boolean scale,
        boolean isSynchronized)
        implements Layer {

    public static BatchNormalization of() {
        return new BatchNormalization(
                LayerConf.DEFAULT,
                -1,
                0.99,
                1e-3,
                Weight.startingWith("ones"),
                Weight.startingWith("zeros"),
                true,
                true,
                false);
    }

    public BatchNormalization axis(int value) {
        return new BatchNormalization(conf, value, momentum, epsilon, gamma, beta, center, scale, isSynchronized);
    }

    public BatchNormalization momentum(double value) {
        return new BatchNormalization(conf, axis, value, epsilon, gamma, beta, center, scale, isSynchronized);
    }

    public BatchNormalization epsilon(double value) {
        return new BatchNormalization(conf, axis, momentum, value, gamma, beta, center, scale, isSynchronized);
    }

    public BatchNormalization gamma(Weight value) {
        return new BatchNormalization(conf, axis, momentum, epsilon, value, beta, center, scale, isSynchronized);
    }

    public BatchNormalization beta(Weight value) {
        return new BatchNormalization(conf, axis, momentum, epsilon, gamma, value, center, scale, isSynchronized);
    }

    public BatchNormalization center(boolean value) {
        return new BatchNormalization(conf, axis, momentum, epsilon, gamma, beta, value, scale, isSynchronized);
    }

    public BatchNormalization scale(boolean value) {
        return new BatchNormalization(conf, axis, momentum, epsilon, gamma, beta, center, value, isSynchronized);
    }

    /**
     * Keras's {@code synchronized}: in training mean and var are those of the global batch, for which all shards wait for each
     * other here in the forward and in the backward pass. By default they are the shard's.
     */
    public BatchNormalization isSynchronized(boolean value) {
        return new BatchNormalization(conf, axis, momentum, epsilon, gamma, beta, center, scale, value);
    }

    /** Whether training needs sums over all shards' batches at this layer. */
    public boolean meetsOtherShards() {
        return isSynchronized && trainable();
    }

    @Override
    public Shape outputShape(Shape input) {
        channels(input);
        return input;
    }

    @Override
    public List<Variable> variables(Shape input) {
        int channels = channels(input);
        List<Variable> variables = new ArrayList<>();
        if (scale) {
            variables.add(gamma.variable("gamma", trainable(), channels));
        }
        if (center) {
            variables.add(beta.variable("beta", trainable(), channels));
        }
        Variable.Role role = trainable() ? Variable.Role.MOVING : Variable.Role.FROZEN;
        Shape shape = Shape.of(channels);
        variables.add(new Variable("moving_mean", shape, role, Weight.startingWith("zeros")));
        variables.add(new Variable("moving_variance", shape, role, Weight.startingWith("ones")));
        return List.copyOf(variables);
    }

    private int channels(Shape input) {
        int place = axis < 0 ? axis + input.rank() : axis;
        if (place < 1 || place >= input.rank()) {
            throw new IllegalArgumentException(
                    "Invalid `axis`: must name a dimension of the input %s after the batch. Received: %d"
                            .formatted(input, axis));
        }
        if (!input.isKnown(place)) {
            throw new IllegalArgumentException("Cannot build layer \"%s\": dimension %d of the input %s must be known"
                    .formatted(name(), place, input));
        }
        return input.dimension(place);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("axis", axis)
                .with("momentum", momentum)
                .with("epsilon", epsilon)
                .with("center", center)
                .with("scale", scale)
                .with("beta_initializer", beta.initializer())
                .with("gamma_initializer", gamma.initializer())
                .with("moving_mean_initializer", Weight.startingWith("zeros").initializer())
                .with("moving_variance_initializer", Weight.startingWith("ones").initializer())
                .with("beta_regularizer", beta.regularizer())
                .with("gamma_regularizer", gamma.regularizer())
                .with("beta_constraint", beta.constraint())
                .with("gamma_constraint", gamma.constraint())
                .with("synchronized", isSynchronized)
                .asMap();
    }

    @Override
    public BatchNormalization conf(LayerConf value) {
        return new BatchNormalization(value, axis, momentum, epsilon, gamma, beta, center, scale, isSynchronized);
    }

    public BatchNormalization name(String value) {
        return conf(conf.name(value));
    }

    public BatchNormalization trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public BatchNormalization inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}

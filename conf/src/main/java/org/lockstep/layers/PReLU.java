package org.lockstep.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.constraints.Constraint;
import org.lockstep.initializers.Initializer;
import org.lockstep.regularizers.Regularizer;

/**
 * x where it is positive, else alpha · x with an alpha that is learned.
 *
 * <p>Output shape: the input's. Variable: alpha, of one sample's shape, with 1 along shared axes.
 *
 * @param sharedAxes axes along which numbers have one alpha, counted from 1, the first after the batch; null for none
 */
public record PReLU(LayerConf conf, Weight alpha, @Nullable List<Integer> sharedAxes) implements Layer {

    public PReLU {
        sharedAxes = sharedAxes == null ? null : List.copyOf(sharedAxes);
    }

    /** With Keras's defaults: an alpha for each number of a sample, which starts at 0. */
    public static PReLU of() {
        return new PReLU(LayerConf.DEFAULT, Weight.startingWith("zeros"), null);
    }

    /** Axes along which numbers have one alpha: 1 and 2 for one alpha of each channel of images, channels last. */
    public PReLU sharedAxes(int... value) {
        return new PReLU(conf, alpha, Arrays.stream(value).boxed().toList());
    }

    /** How the variable starts, its penalty and its constraint. */
    public PReLU alpha(Weight value) {
        return new PReLU(conf, value, sharedAxes);
    }

    public PReLU alphaInitializer(String value) {
        return alphaInitializer(Initializer.of(value));
    }

    public PReLU alphaInitializer(Initializer value) {
        return alpha(alpha.initializer(value));
    }

    public PReLU alphaRegularizer(@Nullable String value) {
        return alphaRegularizer(Regularizer.of(value));
    }

    public PReLU alphaRegularizer(@Nullable Regularizer value) {
        return alpha(alpha.regularizer(value));
    }

    public PReLU alphaConstraint(@Nullable String value) {
        return alphaConstraint(Constraint.of(value));
    }

    public PReLU alphaConstraint(@Nullable Constraint value) {
        return alpha(alpha.constraint(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public List<Variable> variables(Shape input) {
        int[] shape = input.sample();
        for (int axis : sharedAxes == null ? List.<Integer>of() : sharedAxes) {
            // As a Python list does: axis 0 is the one before the first, the last.
            int place = axis - 1 < 0 ? axis - 1 + shape.length : axis - 1;
            if (place < 0 || place >= shape.length) {
                throw new IllegalArgumentException(
                        "Invalid `shared_axes`: each must be one of the axes 1 to %d. Received: %s for inputs of shape %s"
                                .formatted(shape.length, sharedAxes, input));
            }
            shape[place] = 1;
        }
        if (Arrays.stream(shape).anyMatch(size -> size == Shape.UNKNOWN)) {
            throw new IllegalArgumentException(("Shapes used to initialize variables must be fully-defined "
                            + "(no `None` dimensions). Received: shape=%s for variable path='%s/alpha'")
                    .formatted(Shape.of(shape), name()));
        }
        return List.of(alpha.variable("alpha", trainable(), shape));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("alpha_initializer", alpha.initializer())
                .with("alpha_regularizer", alpha.regularizer())
                .with("alpha_constraint", alpha.constraint())
                .with("shared_axes", sharedAxes)
                .asMap();
    }

    @Override
    public PReLU conf(LayerConf value) {
        return new PReLU(value, alpha, sharedAxes);
    }

    public PReLU name(String value) {
        return conf(conf.name(value));
    }

    public PReLU trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public PReLU inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}

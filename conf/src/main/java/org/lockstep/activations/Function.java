package org.lockstep.activations;

import java.util.List;

/**
 * The formulas behind {@link Activation}: Keras 3's name, its other names, and its arguments with their defaults.
 *
 * <p>An argument whose default is NaN has none and must be given.
 */
@SuppressWarnings("ImmutableEnumChecker") // both lists come from List.of
public enum Function {
    /** x. */
    LINEAR("linear"),
    /** x where x &gt; threshold, else 0, cut off at 0 and max_value where that is finite; − negative_slope · max(threshold − x, 0). */
    RELU("relu", List.of("negative_slope", "max_value", "threshold"), 0.0, Double.POSITIVE_INFINITY, 0.0),
    /** min(max(x, 0), 6). */
    RELU6("relu6"),
    /** x &gt; 0: x; else negative_slope · x. */
    LEAKY_RELU("leaky_relu", List.of("negative_slope"), 0.2),
    /** x &gt; 0: x; else alpha · (e^x − 1). */
    ELU("elu", List.of("alpha"), 1.0),
    /** 1.0507009873554805 · (x &gt; 0: x; else 1.6732632423543772 · (e^x − 1)). */
    SELU("selu"),
    /** max(x, 0) + min(0, alpha · (e^(x / alpha) − 1)). */
    CELU("celu", List.of("alpha"), 1.0),
    /** x · Φ(x); with approximate = 1 the tanh form. */
    GELU("gelu", List.of("approximate"), 0.0),
    /** 1 / (1 + e^−x). */
    SIGMOID("sigmoid"),
    /** tanh x. */
    TANH("tanh"),
    /** e^x / Σ e^x along an axis. */
    SOFTMAX("softmax", List.of("axis"), -1.0),
    /** x − log Σ e^x along an axis. */
    LOG_SOFTMAX("log_softmax", List.of("axis"), -1.0),
    /** log(1 + e^x). */
    SOFTPLUS("softplus"),
    /** x / (1 + |x|). */
    SOFTSIGN("softsign"),
    /** e^x. */
    EXPONENTIAL("exponential"),
    /** relu6(x + 3) / 6. */
    HARD_SIGMOID("hard_sigmoid"),
    /** clip(0.2 x + 0.5, 0, 1): what Keras 2 called hard_sigmoid. */
    HARD_SIGMOID_KERAS2("hard_sigmoid_keras2"),
    /** x · sigmoid(x). */
    SILU("silu"),
    /** x · relu6(x + 3) / 6. */
    HARD_SILU("hard_silu"),
    /** x · tanh(softplus(x)). */
    MISH("mish"),
    /** clip(x, −1, 1). */
    HARD_TANH("hard_tanh"),
    /** |x| &gt; threshold: x; else 0. */
    HARD_SHRINK("hard_shrink", List.of("threshold"), 0.5),
    /** x &gt; threshold: x − threshold; x &lt; −threshold: x + threshold; else 0. */
    SOFT_SHRINK("soft_shrink", List.of("threshold"), 0.5),
    /** x − tanh x. */
    TANH_SHRINK("tanh_shrink"),
    /** x &gt; threshold: x; else default_value. Both arguments must be given. */
    THRESHOLD("threshold", List.of("threshold", "default_value"), Double.NaN, Double.NaN),
    /** (x + √(x² + b)) / 2. */
    SQUAREPLUS("squareplus", List.of("b"), 4.0),
    /** x ≤ −1: 0; |x| &lt; 1: (x + 1)² / 4; else x. */
    SPARSE_PLUS("sparse_plus"),
    /** clip((x + 1) / 2, 0, 1). */
    SPARSE_SIGMOID("sparse_sigmoid"),
    /** −softplus(−x). */
    LOG_SIGMOID("log_sigmoid"),
    /** a · sigmoid(b), where a and b are the halves of an axis. */
    GLU("glu", List.of("axis"), -1.0),
    /** The Euclidean projection onto the simplex along an axis. */
    SPARSEMAX("sparsemax", List.of("axis"), -1.0);

    private final String kerasName;
    private final List<String> parameters;
    private final List<Double> defaults;

    Function(String kerasName) {
        this(kerasName, List.of());
    }

    Function(String kerasName, List<String> parameters, Double... defaults) {
        this.kerasName = kerasName;
        this.parameters = parameters;
        this.defaults = List.of(defaults);
    }

    /** Keras 3's name, as written in its configurations. */
    public String kerasName() {
        return kerasName;
    }

    /** The names of the arguments, in Keras's order. */
    public List<String> parameters() {
        return parameters;
    }

    List<Double> defaults() {
        return defaults;
    }
}

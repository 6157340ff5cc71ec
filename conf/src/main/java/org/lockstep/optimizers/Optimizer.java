package org.lockstep.optimizers;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.keras.KerasObject;

/**
 * An update rule as a value. One step is: clip the averaged gradient, decay weights, update all variables, apply
 * constraints, count the iteration.
 */
public sealed interface Optimizer extends KerasObject permits SGD, Adam, AdamW, RMSprop {

    /** Keras's optimizer of that name (any case) with its defaults. */
    static Optimizer of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "sgd" -> SGD.of();
            case "adam" -> Adam.of();
            case "adamw" -> AdamW.of();
            case "rmsprop" -> RMSprop.of();
            default -> throw new IllegalArgumentException("Could not interpret optimizer identifier: " + name);
        };
    }

    double learningRate();

    /** The same rule at another learning rate. */
    Optimizer learningRate(double rate);

    /** w −= w · weight_decay · learning_rate before the update; null is none. */
    @Nullable
    Double weightDecay();

    Clip clip();

    /** The names of the per-variable slots, in the order in which Keras saves them for each variable. */
    List<String> slots();

    @Override
    default String className() {
        return getClass().getSimpleName();
    }

    @Override
    default String module() {
        return "keras.optimizers";
    }

    /** The arguments that all optimizers share, as Keras writes them. */
    static Dict common(Optimizer optimizer) {
        String className = optimizer.className();
        return Dict.of("name", optimizer instanceof SGD ? className : className.toLowerCase(Locale.ROOT))
                .with("learning_rate", optimizer.learningRate())
                .with("weight_decay", optimizer.weightDecay())
                .with("clipnorm", optimizer.clip().clipnorm())
                .with("global_clipnorm", optimizer.clip().globalClipnorm())
                .with("clipvalue", optimizer.clip().clipvalue())
                .with("use_ema", false)
                .with("ema_momentum", 0.99)
                .with("ema_overwrite_frequency", null)
                .with("loss_scale_factor", null)
                .with("gradient_accumulation_steps", null);
    }

    /** Refuses a rate that is not a positive, finite number or zero. */
    static void checkRate(double rate) {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException(
                    "Invalid `learning_rate`: must be finite and not negative. Received: " + rate);
        }
    }

    /** Refuses a decay factor outside [0, 1]. */
    static void checkUnit(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "`%s` must be a float between [0, 1]. Received: %s=%s".formatted(name, name, value));
        }
    }
}

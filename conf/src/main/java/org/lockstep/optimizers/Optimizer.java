package org.lockstep.optimizers;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.keras.KerasObject;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.optimizers.schedules.LearningRateSchedule;

/**
 * An update rule as a value. One step is: clip the averaged gradient, decay weights, update all variables, apply
 * constraints, count the iteration.
 */
public sealed interface Optimizer extends KerasObject permits BaseOptimizer {

    /** Keras's optimizer of that name (any case) with its defaults. */
    static Optimizer of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "sgd" -> SGD.of();
            case "rmsprop" -> RMSprop.of();
            case "adam" -> Adam.of();
            case "adamw" -> AdamW.of();
            case "adagrad" -> Adagrad.of();
            case "adadelta" -> Adadelta.of();
            case "adamax" -> Adamax.of();
            case "nadam" -> Nadam.of();
            case "lion" -> Lion.of();
            case "adafactor", "ftrl", "lossscaleoptimizer", "muon" ->
                throw new NotSupportedException("Optimizer '%s' is not supported".formatted(name));
            default -> throw new IllegalArgumentException("Could not interpret optimizer identifier: " + name);
        };
    }

    /** The arguments that all optimizers have. */
    CommonArguments common();

    /** The same rule with others of them. */
    Optimizer common(CommonArguments value);

    /** The learning rate of the first update, and of all others unless there is a schedule. */
    default double learningRate() {
        return common().learningRate();
    }

    /** The learning rate by updates; null where it is the same for all. */
    default @Nullable LearningRateSchedule schedule() {
        return common().schedule();
    }

    /** The same rule at another learning rate, without a schedule. */
    Optimizer learningRate(double rate);

    /** The same rule with learning rates by a schedule. */
    Optimizer learningRate(LearningRateSchedule schedule);

    /** w −= w · weight_decay · learning_rate before the update; null is none. */
    default @Nullable Double weightDecay() {
        return common().weightDecay();
    }

    default Clip clip() {
        return common().clip();
    }

    /**
     * The names of the slots that are kept for each variable, in Keras's order. Keras makes, and saves, those of a group
     * variable by variable, and the groups one after the other.
     */
    List<List<String>> slotGroups();

    /** The names of all slots. */
    default List<String> slots() {
        return slotGroups().stream().flatMap(List::stream).toList();
    }

    /** What slots hold before the first update. */
    default float initialSlot() {
        return 0;
    }

    @Override
    default String className() {
        return getClass().getSimpleName();
    }

    @Override
    default String module() {
        return "keras.optimizers";
    }

    /** The arguments that all optimizers share, as Keras writes them. */
    static Dict shared(Optimizer optimizer) {
        String className = optimizer.className();
        LearningRateSchedule schedule = optimizer.schedule();
        return Dict.of("name", optimizer instanceof SGD ? className : className.toLowerCase(Locale.ROOT))
                .with("learning_rate", schedule == null ? (Object) optimizer.learningRate() : schedule)
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

package org.lockstep.conf.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.BinaryFocalCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.CategoricalFocalCrossentropy;
import org.lockstep.losses.Huber;
import org.lockstep.losses.Loss;
import org.lockstep.losses.MeanSquaredError;
import org.lockstep.losses.Reduction;
import org.lockstep.losses.SimpleLoss;
import org.lockstep.losses.SparseCategoricalCrossentropy;

/** Losses from plain values and back. */
final class Losses {

    private static final Identified<Loss> LOSSES = losses();

    private Losses() {}

    private static Identified<Loss> losses() {
        Identified<Loss> family = new Identified<Loss>("loss", Loss::of)
                .member("CategoricalCrossentropy", "from_logits", a -> {
                    axis(a);
                    CategoricalCrossentropy base = CategoricalCrossentropy.of();
                    return reduced(
                            a,
                            new CategoricalCrossentropy(
                                    a.optional("from_logits", Value::flag, base.fromLogits()),
                                    a.optional("label_smoothing", Value::number, base.labelSmoothing())));
                })
                .member("SparseCategoricalCrossentropy", "from_logits", a -> {
                    axis(a);
                    a.only("ignore_class", (Object) null);
                    SparseCategoricalCrossentropy base = SparseCategoricalCrossentropy.of();
                    return reduced(
                            a,
                            new SparseCategoricalCrossentropy(
                                    a.optional("from_logits", Value::flag, base.fromLogits())));
                })
                .member("BinaryCrossentropy", "from_logits", a -> {
                    axis(a);
                    BinaryCrossentropy base = BinaryCrossentropy.of();
                    return reduced(
                            a,
                            new BinaryCrossentropy(
                                    a.optional("from_logits", Value::flag, base.fromLogits()),
                                    a.optional("label_smoothing", Value::number, base.labelSmoothing())));
                })
                .member("BinaryFocalCrossentropy", "gamma", Losses::binaryFocal)
                .member("CategoricalFocalCrossentropy", "gamma", Losses::categoricalFocal)
                .member("MeanSquaredError", "", a -> reduced(a, MeanSquaredError.of()))
                .member("Huber", "delta", a -> {
                    Huber base = Huber.of();
                    return reduced(a, new Huber(a.optional("delta", Value::number, base.delta())));
                });
        for (SimpleLoss.Kind kind : SimpleLoss.Kind.values()) {
            family.member(kind.className(), "", a -> {
                if (kind == SimpleLoss.Kind.COSINE_SIMILARITY) {
                    axis(a);
                }
                return reduced(a, new SimpleLoss(kind));
            });
            kind.aliases().forEach(alias -> family.alias(alias, kind.className()));
        }
        family.alias("mse", "MeanSquaredError");
        family.alias("MSE", "MeanSquaredError");
        family.alias("bce", "BinaryCrossentropy");
        family.alias("BCE", "BinaryCrossentropy");
        return family;
    }

    private static Loss binaryFocal(Arguments a) {
        axis(a);
        BinaryFocalCrossentropy base = BinaryFocalCrossentropy.of();
        return reduced(
                a,
                new BinaryFocalCrossentropy(
                        a.optional("apply_class_balancing", Value::flag, base.balancing()),
                        a.optional("alpha", Value::number, base.alpha()),
                        a.optional("gamma", Value::number, base.gamma()),
                        a.optional("from_logits", Value::flag, base.fromLogits()),
                        a.optional("label_smoothing", Value::number, base.labelSmoothing()),
                        base.reduction()));
    }

    private static Loss categoricalFocal(Arguments a) {
        axis(a);
        CategoricalFocalCrossentropy base = CategoricalFocalCrossentropy.of();
        return reduced(
                a,
                new CategoricalFocalCrossentropy(
                        a.optional("alpha", Losses::alpha, base.alpha()),
                        a.optional("gamma", Value::number, base.gamma()),
                        a.optional("from_logits", Value::flag, base.fromLogits()),
                        a.optional("label_smoothing", Value::number, base.labelSmoothing()),
                        base.reduction()));
    }

    /** A number, or one for each class. */
    private static List<Double> alpha(String argument, @Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(each -> Value.number(argument, each)).toList()
                : List.of(Value.number(argument, value));
    }

    /** Takes what all losses take. */
    private static Loss reduced(Arguments a, Loss loss) {
        a.has("name");
        Dtype.check(a);
        return loss.reduction(a.optional("reduction", Losses::reduction, loss.reduction()));
    }

    /** None is {@code "none"}. */
    private static Reduction reduction(String argument, @Nullable Object value) {
        return value == null ? Reduction.NONE : Reduction.of(Value.text(argument, value));
    }

    private static void axis(Arguments a) {
        a.only("axis", -1);
    }

    static Loss read(String argument, @Nullable Object value) {
        return LOSSES.read(argument, value);
    }

    /** A name where that says all. */
    static Object write(Loss loss) {
        return Loss.of(loss.name()).equals(loss) ? loss.name() : KerasWriter.object(loss);
    }
}

package org.lockstep.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.Loss;
import org.lockstep.losses.MeanSquaredError;
import org.lockstep.losses.SimpleLoss;
import org.lockstep.losses.SimpleLoss.Kind;
import org.lockstep.losses.SparseCategoricalCrossentropy;

/** The mean of a loss's values; for {@code CosineSimilarity} of their negatives, which are the cosines themselves. */
public record LossMetric(Loss loss, String name) implements Metric {

    private static final List<Loss> LOSSES = List.of(
            MeanSquaredError.of(),
            BinaryCrossentropy.of(),
            CategoricalCrossentropy.of(),
            SparseCategoricalCrossentropy.of());

    /** All that Keras has, with its defaults and names. */
    public static List<LossMetric> all() {
        List<LossMetric> all = new ArrayList<>();
        LOSSES.forEach(loss -> all.add(new LossMetric(loss, loss.name())));
        for (Kind kind : Kind.values()) {
            SimpleLoss loss = new SimpleLoss(kind);
            // Keras calls its class LogCoshError, and the metric this.
            all.add(new LossMetric(loss, kind == Kind.LOG_COSH ? "logcosh" : loss.name()));
        }
        return all;
    }

    /** Names beside the class's two that Keras knows it by. */
    public List<String> aliases() {
        return switch (className()) {
            case "MeanSquaredError" -> List.of("mse", "MSE");
            case "MeanAbsoluteError" -> List.of("mae", "MAE");
            case "MeanAbsolutePercentageError" -> List.of("mape", "MAPE");
            case "MeanSquaredLogarithmicError" -> List.of("msle", "MSLE");
            case "BinaryCrossentropy" -> List.of("bce", "BCE");
            default -> List.of();
        };
    }

    /** Whether its values are the negatives of the loss's. */
    public boolean isNegated() {
        return loss instanceof SimpleLoss simple && simple.kind() == Kind.COSINE_SIMILARITY;
    }

    @Override
    public LossMetric name(String value) {
        return new LossMetric(loss, value);
    }

    @Override
    public Boolean isHigherBetter() {
        return isNegated();
    }

    @Override
    public String className() {
        return loss instanceof SimpleLoss simple && simple.kind() == Kind.LOG_COSH ? "LogCoshError" : loss.className();
    }

    /** The loss's arguments but for its name and reduction. */
    @Override
    public Map<String, @Nullable Object> config() {
        Dict dict = Dict.of("name", name).with("dtype", "float32");
        if (loss instanceof BinaryCrossentropy binary) {
            dict.with("from_logits", binary.fromLogits()).with("label_smoothing", binary.labelSmoothing());
        } else if (loss instanceof CategoricalCrossentropy classes) {
            dict.with("from_logits", classes.fromLogits()).with("label_smoothing", classes.labelSmoothing());
            dict.with("axis", -1);
        } else if (loss instanceof SparseCategoricalCrossentropy classes) {
            dict.with("from_logits", classes.fromLogits())
                    .with("ignore_class", null)
                    .with("axis", -1);
        }
        return dict.asMap();
    }
}

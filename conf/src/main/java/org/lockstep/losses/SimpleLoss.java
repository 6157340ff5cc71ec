package org.lockstep.losses;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** A loss that has no argument of its own. */
public record SimpleLoss(Kind kind, Reduction reduction) implements Loss {

    /** One with Keras's reduction. */
    public SimpleLoss(Kind kind) {
        this(kind, DEFAULT_REDUCTION);
    }

    /** The formulas, for targets y and predictions p along the last axis, with ε = 1e-7. */
    @SuppressWarnings("ImmutableEnumChecker") // the list comes from List.of
    public enum Kind {
        /** The mean of |y − p|. */
        MEAN_ABSOLUTE_ERROR("MeanAbsoluteError", "mean_absolute_error", "mae", "MAE"),
        /** 100 times the mean of |y − p| / max(|y|, ε). */
        MEAN_ABSOLUTE_PERCENTAGE_ERROR("MeanAbsolutePercentageError", "mean_absolute_percentage_error", "mape", "MAPE"),
        /** The mean of (log(1 + max(y, ε)) − log(1 + max(p, ε)))². */
        MEAN_SQUARED_LOGARITHMIC_ERROR("MeanSquaredLogarithmicError", "mean_squared_logarithmic_error", "msle", "MSLE"),
        /** −Σ y p / (‖y‖ ‖p‖), norms being ε at least. */
        COSINE_SIMILARITY("CosineSimilarity", "cosine_similarity"),
        /** The mean of log cosh(p − y). */
        LOG_COSH("LogCosh", "log_cosh"),
        /** The mean of p − y log(p + ε). */
        POISSON("Poisson", "poisson"),
        /** Σ y log(y / p), both clipped to [ε, 1]. */
        KL_DIVERGENCE("KLDivergence", "kl_divergence", "kld", "KLD"),
        /** The mean of max(1 − y p, 0); where all y of a row are 0 or 1, 2 y − 1 stands for y. */
        HINGE("Hinge", "hinge"),
        /** The mean of max(1 − y p, 0)², y as for hinge. */
        SQUARED_HINGE("SquaredHinge", "squared_hinge"),
        /** max(max((1 − y) p) − Σ y p + 1, 0). */
        CATEGORICAL_HINGE("CategoricalHinge", "categorical_hinge");

        private final String className;
        private final String kerasName;
        private final List<String> aliases;

        Kind(String className, String kerasName, String... aliases) {
            this.className = className;
            this.kerasName = kerasName;
            this.aliases = List.of(aliases);
        }

        /** Keras's name of the class. */
        public String className() {
            return className;
        }

        /** Its other names. */
        public List<String> aliases() {
            return aliases;
        }

        private boolean isCalled(String name) {
            return name.equals(className) || name.equals(kerasName) || aliases.contains(name);
        }
    }

    /** The loss that Keras knows by that name; null if it is none of these. */
    static @Nullable SimpleLoss called(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.isCalled(name)) {
                return new SimpleLoss(kind);
            }
        }
        return null;
    }

    @Override
    public String name() {
        return kind.kerasName;
    }

    @Override
    public String className() {
        return kind.className;
    }

    @Override
    public SimpleLoss reduction(Reduction value) {
        return new SimpleLoss(kind, value);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name()).with("reduction", reduction.kerasName()).asMap();
    }
}

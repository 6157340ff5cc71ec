package org.lockstep.regularizers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * factor · ½ · Σ|offdiag(Q Qᵀ)| / (n (n − 1) / 2), with Q the matrix whose n rows (or columns) are L2-normalised.
 *
 * <p>Only for variables of rank 2.
 *
 * @param mode {@code "rows"} or {@code "columns"}
 */
public record OrthogonalRegularizer(double factor, String mode) implements Regularizer {

    public OrthogonalRegularizer {
        Regularizer.checked("factor", factor);
        if (!mode.equals("rows") && !mode.equals("columns")) {
            throw new IllegalArgumentException(
                    "Invalid value for argument `mode`. Expected one of {\"rows\", \"columns\"}. Received: mode="
                            + mode);
        }
    }

    public static OrthogonalRegularizer of() {
        return new OrthogonalRegularizer(0.01, "rows");
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("factor", factor).with("mode", mode).asMap();
    }
}

package org.lockstep.optimizers;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Gradient clipping, applied to the averaged gradient: at most one of the three.
 *
 * @param clipnorm each variable's gradient g becomes g · c / max(‖g‖, c)
 * @param clipvalue each element is clipped to ±c
 * @param globalClipnorm all gradients together become g · c / max(‖g‖, c)
 */
public record Clip(
        @Nullable Double clipnorm,
        @Nullable Double clipvalue,
        @Nullable Double globalClipnorm) implements Serializable {

    public static final Clip NONE = new Clip(null, null, null);

    public Clip {
        positive("clipnorm", clipnorm);
        positive("clipvalue", clipvalue);
        positive("global_clipnorm", globalClipnorm);
        int given = (clipnorm == null ? 0 : 1) + (clipvalue == null ? 0 : 1) + (globalClipnorm == null ? 0 : 1);
        if (given > 1) {
            throw new IllegalArgumentException(("Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. "
                            + "Received: clipnorm=%s, clipvalue=%s, global_clipnorm=%s.")
                    .formatted(clipnorm, clipvalue, globalClipnorm));
        }
    }

    private static void positive(String name, @Nullable Double value) {
        if (value != null && !(value > 0)) {
            throw new IllegalArgumentException("Invalid `%s`: must be positive. Received: %s".formatted(name, value));
        }
    }
}

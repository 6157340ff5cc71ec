package org.lockstep.losses;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** e² / 2 where |e| ≤ delta, else delta |e| − delta² / 2, for e = p − y, averaged over the last axis. */
public record Huber(double delta, Reduction reduction) implements Loss {

    /** One with Keras's reduction. */
    public Huber(double delta) {
        this(delta, DEFAULT_REDUCTION);
    }

    /** Huber's loss with a delta of 1. */
    public static Huber of() {
        return new Huber(1);
    }

    @Override
    public String name() {
        return "huber";
    }

    @Override
    public Huber reduction(Reduction value) {
        return new Huber(delta, value);
    }

    /** Keras 3 leaves the delta out, and reads it where it is. */
    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", "huber_loss")
                .with("reduction", reduction.kerasName())
                .with("delta", delta)
                .asMap();
    }
}

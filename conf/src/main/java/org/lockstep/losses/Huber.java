package org.lockstep.losses;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** e² / 2 where |e| ≤ delta, else delta |e| − delta² / 2, for e = p − y, averaged over the last axis. */
public record Huber(double delta) implements Loss {

    /** Huber's loss with a delta of 1. */
    public static Huber of() {
        return new Huber(1);
    }

    @Override
    public String name() {
        return "huber";
    }

    /** Keras 3 leaves the delta out, and reads it where it is. */
    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", "huber_loss")
                .with("reduction", "sum_over_batch_size")
                .with("delta", delta)
                .asMap();
    }
}

package org.lockstep.executor.step.dl4j;

import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Layer;

/** What DL4J cannot compute as Keras does. */
final class Refusal {

    private Refusal() {}

    /**
     * The error for a layer.
     *
     * @param argument Keras's name of what DL4J lacks
     * @param rule what DL4J has: "must be 1"
     */
    static NotSupportedException of(Layer layer, String argument, String rule, @Nullable Object value) {
        return new NotSupportedException("Cannot compute layer \"%s\" with DL4J: `%s` %s. Received: %s"
                .formatted(layer.name(), argument, rule, value));
    }
}

package org.lockstep.keras;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configurable object of Keras: a class name and the arguments that rebuild it, as {@code get_config} returns them.
 *
 * <p>Values of the configuration are {@code null}, {@link Boolean}, {@link Integer}, {@link Double}, {@link String},
 * lists and string-keyed maps of these, and other {@code KerasObject}s. Implementations are immutable.
 */
public interface KerasObject extends Serializable {

    /** Keras's class name, for example {@code "GlorotUniform"}. */
    String className();

    /** Keras's module, for example {@code "keras.initializers"}. */
    String module();

    /** Keras's argument names and their values, in Keras's order. */
    Map<String, @Nullable Object> config();
}

package org.lockstep.keras;

import java.util.Locale;

/** Keras's two spellings of one name: {@code GlorotUniform} and {@code glorot_uniform}. */
public final class Names {

    private Names() {}

    /** The snake_case form that Keras derives from a class name: {@code MaxPooling2D} gives {@code max_pooling2d}. */
    public static String snakeCase(String className) {
        String intermediate = className.replaceAll("(.)([A-Z][a-z]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2");
        return intermediate.replaceAll("\\W+", "").toLowerCase(Locale.ROOT);
    }
}

package org.lockstep.data.image;

import org.lockstep.data.Labels;

/** What y is: Keras's {@code label_mode}. */
public enum LabelMode {
    /** The number of the class, for sparse_categorical_crossentropy. */
    INT("int"),
    /** 1 at the class and 0 elsewhere, for categorical_crossentropy. */
    CATEGORICAL("categorical"),
    /** One column of 0 and 1, for binary_crossentropy; needs two classes. */
    BINARY("binary");

    private final String kerasValue;

    LabelMode(String kerasValue) {
        this.kerasValue = kerasValue;
    }

    /** Keras's value: int, categorical or binary. */
    public static LabelMode of(String value) {
        for (LabelMode mode : values()) {
            if (mode.kerasValue.equals(value)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "Invalid `label_mode`: must be \"int\", \"categorical\" or \"binary\". Received: \"" + value + "\"");
    }

    Labels labels(int classes) {
        return switch (this) {
            case INT -> Labels.number();
            case CATEGORICAL -> Labels.oneHot(classes);
            case BINARY -> Labels.column();
        };
    }
}

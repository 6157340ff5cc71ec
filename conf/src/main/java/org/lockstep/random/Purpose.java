package org.lockstep.random;

/** What a random stream is for; streams of different purposes never overlap. The codes are part of every seed's meaning. */
public enum Purpose {
    INITIAL_WEIGHTS(1),
    SHUFFLE(2),
    DROPOUT(3),
    AUGMENTATION(4),
    SYNTHETIC_DATA(5),
    PROBE(6);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}

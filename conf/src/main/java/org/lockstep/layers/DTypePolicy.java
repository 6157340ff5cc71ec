package org.lockstep.layers;

import java.util.Arrays;

/** Keras's dtype policies: the types of a layer's numbers. */
public enum DTypePolicy {
    /** 32-bit floats everywhere. */
    FLOAT32("float32"),
    /** Variables and their gradients are 32-bit floats; the layer computes and hands on numbers of 16 bits, bfloat16. */
    MIXED_BFLOAT16("mixed_bfloat16");

    private final String kerasName;

    DTypePolicy(String kerasName) {
        this.kerasName = kerasName;
    }

    public String kerasName() {
        return kerasName;
    }

    /** The policy of that name. */
    public static DTypePolicy of(String name) {
        for (DTypePolicy policy : values()) {
            if (policy.kerasName.equals(name)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("Invalid `dtype`: must be one of %s. Received: %s"
                .formatted(Arrays.stream(values()).map(DTypePolicy::kerasName).toList(), name));
    }
}

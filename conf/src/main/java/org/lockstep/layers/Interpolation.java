package org.lockstep.layers;

import java.util.Locale;
import java.util.Set;
import org.lockstep.keras.NotSupportedException;

/** How the pixels of an enlarged image come from those of the small one. */
public enum Interpolation {
    /** Each is its neighbour's. */
    NEAREST,
    /**
     * Each is the mean of the two nearest along both axes, weighted by how near they are; pixel i of n lies at (i + ½) / n, and
     * beyond the outermost there is no other.
     */
    BILINEAR;

    private static final Set<String> OTHERS = Set.of("bicubic", "lanczos3", "lanczos5");

    /** Keras's name in any case. */
    public static Interpolation of(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Interpolation interpolation : values()) {
            if (interpolation.kerasName().equals(wanted)) {
                return interpolation;
            }
        }
        if (OTHERS.contains(wanted)) {
            throw new NotSupportedException(
                    "Argument `interpolation` is only supported as \"nearest\" and \"bilinear\". Received: interpolation="
                            + name);
        }
        throw new IllegalArgumentException(
                "Invalid `interpolation` argument. Expected one of bicubic, bilinear, lanczos3, lanczos5, nearest. "
                        + "Received: interpolation=" + name);
    }

    public String kerasName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.lockstep.initializers;

import org.lockstep.keras.NotSupportedException;

/** Keras's names of initializers. */
final class InitializerNames {

    private InitializerNames() {}

    static Initializer parse(String name) {
        for (Scaled.Preset preset : Scaled.Preset.values()) {
            if (preset.matches(name)) {
                return Scaled.of(preset);
            }
        }
        return switch (name) {
            case "zeros", "zero", "Zeros" -> new Zeros();
            case "ones", "one", "Ones" -> new Ones();
            case "constant", "Constant" ->
                throw new IllegalArgumentException(
                        "Cannot make initializer `constant`: argument `value` must be given");
            case "random_normal", "normal", "RandomNormal" -> RandomNormal.of();
            case "random_uniform", "uniform", "RandomUniform" -> RandomUniform.of();
            case "truncated_normal", "TruncatedNormal" -> TruncatedNormal.of();
            case "variance_scaling", "VarianceScaling" -> VarianceScaling.of();
            case "orthogonal", "Orthogonal", "OrthogonalInitializer" -> Orthogonal.of();
            case "identity", "Identity", "IdentityInitializer" -> Identity.of();
            case "stft", "STFT", "STFTInitializer" ->
                throw new NotSupportedException("Initializer `" + name + "` is not supported: it is for audio");
            default -> throw new IllegalArgumentException("Could not interpret initializer identifier: " + name);
        };
    }
}

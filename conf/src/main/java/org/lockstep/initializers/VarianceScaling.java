package org.lockstep.initializers;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.random.CounterRandom;

/**
 * Random numbers of variance s = scale / max(1, n), with n the fan in, the fan out or their mean.
 *
 * <p>{@code truncated_normal}: normal with σ = √s / 0.87962566103423978, redrawn beyond 2σ; {@code untruncated_normal}:
 * normal with σ = √s; {@code uniform}: uniform in ±√(3s).
 *
 * @param mode fan_in, fan_out or fan_avg
 * @param distribution truncated_normal (also written normal), untruncated_normal or uniform
 */
public record VarianceScaling(
        double scale,
        String mode,
        String distribution,
        @Nullable Long seed) implements Initializer {

    /** The standard deviation of a standard normal that is cut off at ±2. */
    static final double TRUNCATED_STDDEV = 0.8796256610342398;

    private static final List<String> MODES = List.of("fan_in", "fan_out", "fan_avg");
    private static final List<String> DISTRIBUTIONS = List.of("uniform", "truncated_normal", "untruncated_normal");

    public VarianceScaling {
        distribution = distribution.toLowerCase(Locale.ROOT);
        distribution = distribution.equals("normal") ? "truncated_normal" : distribution;
        if (!(scale > 0)) {
            throw new IllegalArgumentException("Argument `scale` must be positive float. Received: scale=" + scale);
        }
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException(
                    "Invalid `mode` argument: %s. Please use one of %s".formatted(mode, MODES));
        }
        if (!DISTRIBUTIONS.contains(distribution)) {
            throw new IllegalArgumentException(
                    "Invalid `distribution` argument: %s. Please use one of %s".formatted(distribution, DISTRIBUTIONS));
        }
    }

    public static VarianceScaling of() {
        return new VarianceScaling(1, "fan_in", "truncated_normal", null);
    }

    @Override
    public float[] values(int[] shape, CounterRandom random) {
        Fans fans = Fans.of(shape);
        double n = switch (mode) {
            case "fan_in" -> fans.in();
            case "fan_out" -> fans.out();
            default -> (fans.in() + fans.out()) / 2;
        };
        double variance = scale / Math.max(1, n);
        CounterRandom stream = Draw.stream(seed, random);
        return switch (distribution) {
            case "uniform" -> Draw.uniform(shape, stream, -Math.sqrt(3 * variance), Math.sqrt(3 * variance));
            case "untruncated_normal" -> Draw.normal(shape, stream, 0, Math.sqrt(variance));
            default -> Draw.truncatedNormal(shape, stream, 0, Math.sqrt(variance) / TRUNCATED_STDDEV);
        };
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("seed", seed)
                .with("scale", scale)
                .with("mode", mode)
                .with("distribution", distribution)
                .asMap();
    }
}

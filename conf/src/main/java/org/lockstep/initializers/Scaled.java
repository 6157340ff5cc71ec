package org.lockstep.initializers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.keras.Names;
import org.lockstep.random.CounterRandom;

/** One of Keras's named variance scalings: Glorot, He and LeCun, each uniform or (truncated) normal. */
public record Scaled(Preset preset, @Nullable Long seed) implements Initializer {

    /** The six named scalings. */
    public enum Preset {
        GLOROT_UNIFORM("GlorotUniform", 1, "fan_avg", "uniform"),
        GLOROT_NORMAL("GlorotNormal", 1, "fan_avg", "truncated_normal"),
        HE_UNIFORM("HeUniform", 2, "fan_in", "uniform"),
        HE_NORMAL("HeNormal", 2, "fan_in", "truncated_normal"),
        LECUN_UNIFORM("LecunUniform", 1, "fan_in", "uniform"),
        LECUN_NORMAL("LecunNormal", 1, "fan_in", "truncated_normal");

        private final String className;
        private final double scale;
        private final String mode;
        private final String distribution;

        Preset(String className, double scale, String mode, String distribution) {
            this.className = className;
            this.scale = scale;
            this.mode = mode;
            this.distribution = distribution;
        }

        boolean matches(String name) {
            return name.equals(className) || name.equals(Names.snakeCase(className));
        }
    }

    public static Scaled of(Preset preset) {
        return new Scaled(preset, null);
    }

    /** The scaling that this is a name of. */
    public VarianceScaling scaling() {
        return new VarianceScaling(preset.scale, preset.mode, preset.distribution, seed);
    }

    @Override
    public float[] values(int[] shape, CounterRandom random) {
        return scaling().values(shape, random);
    }

    @Override
    public String className() {
        return preset.className;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("seed", seed).asMap();
    }
}

package org.lockstep.initializers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitializerNamesTest {

    @ParameterizedTest
    @EnumSource
    void parse_ofEitherSpelling_isThePreset(Scaled.Preset preset) {
        String className = Scaled.of(preset).className();

        assertThat(Initializer.of(className)).isEqualTo(Scaled.of(preset));
        assertThat(Initializer.of(preset.name().toLowerCase(Locale.ROOT))).isEqualTo(Scaled.of(preset));
    }
}

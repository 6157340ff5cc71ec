package org.lockstep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.layers.Dense;

class SummaryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lenet",
                "every_option",
                "activations",
                "unbuilt",
                "names",
                "resnet20",
                "every_merge",
                "decoder",
                "chain"
            })
    void summary_ofModel_isWhatKerasPrints(String name) {
        Model model = KerasJson.fromJson(text(name + ".json"));

        assertThat(model.summary() + "\n").isEqualTo(text(name + ".summary.txt"));
    }

    @Test
    void countParams_countsWeightsOfAllLayers() {
        assertThat(KerasJson.fromJson(text("lenet.json")).countParams()).isEqualTo(225_034);
        assertThat(Sequential.of(Dense.of(3)).countParams()).isZero();
    }

    private static String text(String name) {
        try (InputStream in = SummaryTest.class.getResourceAsStream("/keras/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.lockstep.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KerasSettingsTest {

    @Test
    void imageDataFormat_withoutFile_isChannelsLast(@TempDir Path home) {
        assertThat(KerasSettings.imageDataFormat(home.resolve("keras.json"))).isEqualTo("channels_last");
    }

    @Test
    void imageDataFormat_ofFile_isWhatItSays(@TempDir Path home) throws IOException {
        Path file = home.resolve("keras.json");

        Files.writeString(file, "{\"floatx\": \"float32\", \"image_data_format\" : \"channels_first\"}");
        assertThat(KerasSettings.imageDataFormat(file)).isEqualTo("channels_first");

        Files.writeString(file, "{\"floatx\": \"float32\"}");
        assertThat(KerasSettings.imageDataFormat(file)).isEqualTo("channels_last");
    }

    @ParameterizedTest
    @CsvSource({
        "Conv2D, conv2d",
        "MaxPooling2D, max_pooling2d",
        "GlobalAveragePooling2D, global_average_pooling2d",
        "BatchNormalization, batch_normalization",
        "InputLayer, input_layer",
        "ReLU, re_lu",
        "GlorotUniform, glorot_uniform",
        "L1L2, l1l2"
    })
    void snakeCase_ofClassName_isKeras(String className, String name) {
        assertThat(Names.snakeCase(className)).isEqualTo(name);
    }
}

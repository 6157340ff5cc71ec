package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.activations.Activation;
import org.lockstep.conf.CompileConf;
import org.lockstep.initializers.Values;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;

class KerasJsonTest {

    private static final Sequential LENET = Sequential.of(
            Input.of(28, 28, 1),
            Conv2D.of(32, 3).activation("relu"),
            MaxPooling2D.of(2),
            Conv2D.of(64, 3).activation("relu"),
            MaxPooling2D.of(2),
            Flatten.of(),
            Dropout.of(0.5),
            Dense.of(128).activation("relu"),
            Dense.of(10).activation("softmax"));

    @Test
    void toJson_ofLenet_isWhatKerasWrites() {
        String json = KerasJson.toJson(LENET, CompileConf.of("adam", "sparse_categorical_crossentropy", "accuracy"));

        assertThat(comparable(json)).isEqualTo(comparable(Fixture.text("lenet.json")));
    }

    @Test
    void fromJson_ofLenet_isTheModel() {
        KerasJson.Document document = KerasJson.parse(Fixture.text("lenet.json"));

        assertThat(document.model()).isEqualTo(LENET);
        assertThat(document.compile()).isEqualTo(CompileConf.of("adam", "sparse_categorical_crossentropy", "accuracy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet", "every_option", "activations", "unbuilt"})
    void parse_thenToJson_isWhatKerasWrote(String name) {
        String keras = Fixture.text(name + ".json");
        KerasJson.Document document = KerasJson.parse(keras);

        String json = KerasJson.toJson(document.model(), Objects.requireNonNull(document.compile()));

        assertThat(comparable(json)).isEqualTo(comparable(keras));
        assertThat(KerasJson.parse(json)).isEqualTo(document);
    }

    @Test
    void fromJson_ofKeras315_isTheSameModel() {
        assertThat(KerasJson.parse(Fixture.text("lenet-3.15.json")))
                .isEqualTo(KerasJson.parse(Fixture.text("lenet.json")));
    }

    @Test
    void toJson_withoutCompile_hasAnEmptyCompileConfig() {
        String json = KerasJson.toJson(LENET);

        assertThat(Json.parseObject(json)).containsEntry("compile_config", Map.of());
        assertThat(KerasJson.parse(json).compile()).isNull();
    }

    @Test
    void toJson_ofInputShapeOnTheFirstLayer_readsBackEqual() {
        Sequential model = Sequential.of(Dense.of(3).inputShape(4));

        assertThat(KerasJson.fromJson(KerasJson.toJson(model))).isEqualTo(model);
    }

    @Test
    void toJson_ofNumbersThatAreNotFloats_readsBackEqual() {
        CompileConf compile = CompileConf.of(Adam.of(1.0 / 3).weightDecay(0.1), Loss.of("mse"));

        assertThat(KerasJson.parse(KerasJson.toJson(LENET, compile)).compile()).isEqualTo(compile);
    }

    @Test
    void toJson_ofWhatKerasCannotReadBack_isNotSupported() {
        assertThatThrownBy(() -> KerasJson.toJson(Sequential.of(
                        Dense.of(1)
                                .activation(Activation.of("elu").with("alpha", 2))
                                .inputShape(2),
                        Dense.of(1).activation(Activation.of("celu").with("alpha", 2)))))
                .isInstanceOf(NotSupportedException.class)
                .hasMessage("Cannot write activation `celu` with arguments [2.0]: Keras 3 keeps only its name");
        assertThatThrownBy(() -> KerasJson.toJson(Sequential.of(Dense.of(1).activation("hard_sigmoid_keras2"))))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("hard_sigmoid_keras2");
        assertThatThrownBy(() -> KerasJson.toJson(
                        Sequential.of(Dense.of(1).kernelInitializer(new Values(List.of(1, 1), List.of(2f))))))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("given values");
    }

    /** What each line changes in a good document, and what the refusal says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "class_name": "Conv2D"              | "class_name": "Conv9D"               | Conv9D
            "class_name": "Conv2D"              | "class_name": "Lambda"               | Lambda
            "class_name": "Conv2D"              | "class_name": 3                      | `class_name` must be a string
            "class_name": "Sequential"          | "class_name": "Subclassed"           | Subclassed
            "module": "keras.layers"            | "module": "os"                       | module 'os' is not Keras's
            "registered_name": null             | "registered_name": "Custom>Evil"     | Custom>Evil
            "filters": 32                       | "filters": -1                        | layers[1]: Conv2D "conv2d": Invalid value for argument `filters`
            "filters": 32                       | "filters": "32"                      | Invalid `filters`: must be an integer
            "filters": 32                       | "filters": 2147483647                | too large
            "filters": 32                       | "filters": 99999999999999999999      | beyond 64 bits
            "filters": 32                       | "filters": 32, "filters": 33         | Duplicate field 'filters'
            "filters": 32                       | "filters": 32, "lora_rank": 4        | argument `lora_rank` is not supported
            "filters": 32                       | "filters": 32, "filter": 4           | Did you mean `filters`?
            "pool_size": [2, 2]                 | "pool_size": [2, 2, 2]               | `pool_size` argument must be a tuple of 2 integers
            "name": "float32"                   | "name": "mixed_float16"              | argument `dtype` is not supported
            "GlorotUniform"                     | "StftInitializer"                    | StftInitializer
            "trainable": true                   | "trainable": 1                       | `trainable`
            "rate": 0.5                         | "rate": 1.5                          | Expected a float value between 0 and 1
            "batch_shape": [null, 28            | "batch_shape": [32, 28               | must be None
            "batch_shape": [null, 28, 28, 1]    | "batch_shape": [null, 28, 28, -1]    | `batch_shape`
            "batch_shape": [null, 28, 28, 1]    | "batch_shape": [null, 4, 4, 1]       | Computed output size would be zero or negative
            "ragged": false                     | "ragged": true                       | `ragged` is not supported
            "use_ema": false                    | "use_ema": true                      | compile_config: Adam: argument `use_ema` is not supported
            "loss_weights": null                | "loss_weights": [2]                  | `loss_weights`
            "metrics": ["accuracy"]             | "metrics": ["accurate"]              | Could not interpret metric identifier: accurate
            "learning_rate": 0.001              | "learning_rate": {}, "x": 0.001      | Could not interpret learning rate schedule identifier: {}
            "layers": [                         | "layers": {}, "x": [                 | Invalid `layers`: must be a list
            """)
    void parse_ofBadDocument_isRefusedByName(String good, String bad, String message) {
        String keras = Fixture.text("lenet.json");
        assertThat(keras).contains(good);

        assertThatThrownBy(() -> KerasJson.parse(keras.replaceFirst(Pattern.quote(good), bad)))
                .isInstanceOfAny(IllegalArgumentException.class, NotSupportedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void dtypePolicies_ofLayers_goInAndOut() {
        Sequential mixed = Sequential.of(Dense.of(3), Dense.of(2)).build(4).dtype("mixed_bfloat16");
        Sequential half =
                Sequential.of(Dense.of(3).dtype("mixed_bfloat16"), Dense.of(2)).build(4);
        String policy = "\"dtype\": {\"module\": \"keras\", \"class_name\": \"DTypePolicy\", "
                + "\"config\": {\"name\": \"mixed_bfloat16\"}, \"registered_name\": null}";

        assertThat(KerasJson.toJson(mixed).split(Pattern.quote(policy), -1)).hasSize(1 + 3);
        assertThat(KerasJson.toJson(half).split(Pattern.quote(policy), -1)).hasSize(1 + 1);
        assertThat(KerasJson.fromJson(KerasJson.toJson(mixed))).isEqualTo(mixed);
        assertThat(KerasJson.fromJson(KerasJson.toJson(half))).isEqualTo(half);
        assertThat(mixed.dtype("float32")).isEqualTo(half.dtype("float32"));
        assertThatThrownBy(() -> mixed.dtype("float64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `dtype`: must be one of [float32, mixed_bfloat16]. Received: float64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "3", "{}", "{\"class_name\": null}", "{\"a\": }", "{} {}"})
    void parse_ofOtherThanAModel_isRefused(String text) {
        assertThatThrownBy(() -> KerasJson.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_ofDeepNesting_isRefused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThatThrownBy(() -> KerasJson.parse("{\"class_name\": " + deep + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nesting depth");
    }

    static @Nullable Object comparable(String json) {
        // Keras before 3.10 refuses `ragged`, and no version needs it.
        String portable = json.replace("\"ragged\": false, ", "");
        Map<String, @Nullable Object> document = new LinkedHashMap<>(Json.parseObject(portable));
        if (document.get("compile_config") instanceof Map<?, ?> compile) {
            // True where Keras's back end compiles.
            Map<Object, Object> copy = new LinkedHashMap<>(compile);
            copy.remove("jit_compile");
            document.put("compile_config", copy);
        }
        return Fixture.rounded(document);
    }
}

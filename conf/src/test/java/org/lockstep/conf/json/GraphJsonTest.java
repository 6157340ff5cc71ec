package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Add;
import org.lockstep.layers.Average;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Concatenate;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.Cropping2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.ELU;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.GlobalMaxPooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Layer;
import org.lockstep.layers.LeakyReLU;
import org.lockstep.layers.Maximum;
import org.lockstep.layers.Minimum;
import org.lockstep.layers.Multiply;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.ReLU;
import org.lockstep.layers.Rescaling;
import org.lockstep.layers.Reshape;
import org.lockstep.layers.SeparableConv2D;
import org.lockstep.layers.Softmax;
import org.lockstep.layers.SpatialDropout2D;
import org.lockstep.layers.Subtract;
import org.lockstep.layers.UpSampling2D;
import org.lockstep.layers.ZeroPadding2D;
import org.lockstep.model.Model;
import org.lockstep.regularizers.L2;

/** Functional models against what Keras 3.15.1 wrote. */
class GraphJsonTest {

    /** The network of {@code make_graph_fixtures.py}, in the same order of calls. */
    private static Model resnet20() {
        Input image = Input.of(32, 32, 3);
        KerasTensor x = relu(normalized(convolution(16, 3, 1).on(image)));
        for (int stage = 0; stage < 3; stage++) {
            for (int block = 0; block < 3; block++) {
                int strides = stage > 0 && block == 0 ? 2 : 1;
                KerasTensor y =
                        relu(normalized(convolution(16 << stage, 3, strides).on(x)));
                y = normalized(convolution(16 << stage, 3, 1).on(y));
                x = strides == 2 ? convolution(16 << stage, 1, 2).on(x) : x;
                x = relu(Add.of().on(x, y));
            }
        }
        KerasTensor features = GlobalAveragePooling2D.of().on(x);
        Dense classes = Dense.of(10).activation("softmax").kernelInitializer("he_normal");
        return Model.of(image, classes.on(features)).name("resnet20");
    }

    private static Conv2D convolution(int filters, int size, int strides) {
        return Conv2D.of(filters, size)
                .strides(strides)
                .padding("same")
                .kernelInitializer("he_normal")
                .kernelRegularizer(new L2(1e-4));
    }

    private static KerasTensor normalized(KerasTensor x) {
        return BatchNormalization.of().on(x);
    }

    private static KerasTensor relu(KerasTensor x) {
        return ActivationLayer.of("relu").on(x);
    }

    private static Model everyMerge() {
        Input image = Input.of(8, 8, 3).name("image");
        KerasTensor x = ZeroPadding2D.of(1, 2, 0, 3).on(ZeroPadding2D.of().on(image));
        x = UpSampling2D.of(2, 1).on(Cropping2D.of(1).on(x));
        x = DepthwiseConv2D.of(3)
                .depthMultiplier(2)
                .depthwiseRegularizer("l2")
                .biasConstraint("non_neg")
                .on(Rescaling.of(0.5, -1).on(x));
        ReLU relu = ReLU.of().maxValue(6.0);
        x = relu.on(relu.on(BatchNormalization.of().on(x)));
        KerasTensor y = LeakyReLU.of().on(x);
        KerasTensor z = Concatenate.of(2).on(x, y);
        KerasTensor largest = Maximum.of().on(x, y);
        KerasTensor smallest = Minimum.of().on(y, x);
        x = Multiply.of().on(largest, smallest, Cropping2D.of(0, 0, 0, 9).on(z));
        x = GlobalMaxPooling2D.of().on(Dropout.of(0.5).on(x));
        Dense dense = Dense.of(6);
        KerasTensor first = dense.on(x);
        x = Average.of().on(first, dense.on(Dense.of(6).on(x)), x);
        x = Subtract.of().on(x, Dense.of(6).name("bias").on(x));
        return Model.of(List.of(image), List.of(Softmax.of().on(x))).name("every_merge");
    }

    @Test
    void fromJson_ofKerasGraphs_isTheSameGraphBuiltHere() {
        assertThat(KerasJson.fromJson(Fixture.text("resnet20.json"))).isEqualTo(resnet20());
        assertThat(KerasJson.fromJson(Fixture.text("every_merge.json"))).isEqualTo(everyMerge());
    }

    @Test
    void countParams_ofResNet20_isKerass() {
        assertThat(resnet20().countParams()).isEqualTo(274_442);
        assertThat(resnet20().layout().trainableLength()).isEqualTo(273_066);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet20", "every_merge", "chain", "decoder"})
    void parse_thenToJson_isWhatKerasWrote(String name) {
        KerasJson.Document document = KerasJson.parse(Fixture.text(name + ".json"));

        String json = KerasJson.toJson(document.model(), Objects.requireNonNull(document.compile()));

        assertThat(comparable(json)).isEqualTo(comparable(Fixture.text(name + ".json")));
        assertThat(KerasJson.parse(json)).isEqualTo(document);
    }

    static Stream<Layer> layers() {
        return Stream.of(
                Add.of(),
                Average.of(),
                Concatenate.of(),
                Conv2DTranspose.of(1, 2),
                Cropping2D.of(),
                DepthwiseConv2D.of(1),
                ELU.of(),
                GlobalMaxPooling2D.of(),
                LeakyReLU.of(),
                Maximum.of(),
                Minimum.of(),
                Multiply.of(),
                PReLU.of(),
                ReLU.of(),
                Rescaling.of(2),
                Reshape.of(3, -1),
                SeparableConv2D.of(1, 2),
                Softmax.of(),
                SpatialDropout2D.of(0.5),
                Subtract.of(),
                UpSampling2D.of(),
                ZeroPadding2D.of());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void toPlain_ofDefaults_isWhatKerasWrites(Layer layer) {
        Map<String, @Nullable Object> keras = Json.parseObject(portable(Fixture.text("graph_layers.json")));

        assertThat(layers().map(Layer::className)).containsExactlyInAnyOrderElementsOf(keras.keySet());
        Map<String, @Nullable Object> expected = Plain.object("layer", keras.get(layer.className()));
        // Layers that are built when they are made.
        expected.remove("build_config");
        assertThat(Fixture.rounded(KerasJson.toPlain(layer))).isEqualTo(Fixture.rounded(expected));
        assertThat(KerasArguments.layer(layer.className(), Plain.object("config", expected.get("config"))))
                .isEqualTo(layer.conf(layer.conf().name(layer.name())));
    }

    /** What each line changes in a good document, and what the refusal says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "keras_history": ["image", 0, 0]    | "keras_history": ["imago", 0, 0]     | Unknown layer: imago
            "keras_history": ["image", 0, 0]    | "keras_history": ["image", 1, 0]     | failed to be resolved
            "keras_history": ["image", 0, 0]    | "keras_history": ["image", 0, 1]     | `keras_history`
            "keras_history": ["image", 0, 0]    | "keras_history": ["image", -1, 0]    | `keras_history`
            "keras_history": ["image", 0, 0]    | "keras_history": ["softmax", 0, 0]   | failed to be resolved
            "kwargs": {}                        | "kwargs": {"training": true}         | zero_padding2d: the call: argument `training` is not supported
            "kwargs": {"mask": null}            | "kwargs": {"training": false}        | argument `training` is not supported
            "kwargs": {}                        | "kwargs": {"lengths": []}            | Unrecognized keyword arguments passed to the call
            "inbound_nodes": [{"args"           | "inbound_nodes": [[["image", 0, 0, {}]], {"args"  | as Keras 2 wrote them
            "class_name": "__keras_tensor__"    | "class_name": "__numpy__"            | other than a tensor of the model
            "name": "maximum", "inbound         | "name": "minimum", "inbound          | must be that of the layer's config
            "input_layers": [["image", 0, 0]]   | "input_layers": [["image", 0, 0], ["image", 0, 0]] | `inputs`: models with several are not supported yet
            "input_layers": [["image", 0, 0]]   | "input_layers": []                   | `inputs` argument cannot be empty
            "output_layers": ["softmax", 0, 0]  | "output_layers": ["softmax", 1, 0]   | Layer 'softmax' has no call 1
            "class_name": "Maximum"             | "class_name": "Functional"           | Unknown layer: 'Functional'
            "interpolation": "nearest"          | "interpolation": "bicubic"           | `interpolation` is only supported as "nearest" and "bilinear"
            "interpolation": "nearest"          | "interpolation": "linear"            | Invalid `interpolation` argument
            "cropping": [[1, 1], [1, 1]]        | "cropping": [[9, 9], [1, 1]]         | should be smaller than the corresponding spatial dimension
            "depth_multiplier": 2               | "depth_multiplier": 0                | `depth_multiplier`
            "registered_name": "Functional"     | "registered_name": "Custom>Mine"     | Custom>Mine
            """)
    void parse_ofBadGraph_isRefusedByName(String good, String bad, String message) {
        String keras = Fixture.text("every_merge.json");
        assertThat(keras).contains(good);

        assertThatThrownBy(() -> KerasJson.parse(keras.replaceFirst(Pattern.quote(good), bad)))
                .isInstanceOfAny(IllegalArgumentException.class, NotSupportedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void parse_ofModelRegisteredElsewhere_isTheSame() {
        String keras = Fixture.text("chain.json");
        String model = keras.replace(
                        "\"keras.src.models.functional\", \"class_name\": \"Functional\"",
                        "\"keras.models\", \"class_name\": \"Model\"")
                .replace("\"registered_name\": \"Functional\"", "\"registered_name\": null");

        assertThat(model).isNotEqualTo(keras);
        assertThat(KerasJson.parse(model)).isEqualTo(KerasJson.parse(keras));
    }

    private static @Nullable Object comparable(String json) {
        return KerasJsonTest.comparable(portable(json));
    }

    /** Without what differs between versions and ways to say the same. */
    private static String portable(String json) {
        return json.replaceAll("\\s+", " ")
                // A list of one input, where Keras writes the one that it was given without a list.
                .replace("[[\"image\", 0, 0]], \"output_layers\"", "[\"image\", 0, 0], \"output_layers\"")
                .replace(", \"optional\": false", "")
                .replace(", \"input_axes\": null, \"output_axes\": null", "")
                .replace(", \"quantization_config\": null", "")
                .replace(", \"renorm\": false, \"renorm_clipping\": null, \"renorm_momentum\": 0.99", "");
    }
}

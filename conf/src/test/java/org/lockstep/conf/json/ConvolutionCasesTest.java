package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Variable;

/** Reference cases of {@code Conv2D}'s arguments and shapes. */
class ConvolutionCasesTest {

    static List<Map<String, @Nullable Object>> shapes() {
        return Fixture.cases("conv2d_output_shape");
    }

    static List<Map<String, @Nullable Object>> errors() {
        return Fixture.cases("conv2d_error");
    }

    static List<Map<String, @Nullable Object>> settings() {
        return Fixture.cases("conv2d_config");
    }

    static List<Map<String, @Nullable Object>> configs() {
        return Fixture.cases("layer_config");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void layer_ofShapeCase_hasKerasShapes(Map<String, @Nullable Object> reference) {
        Map<String, @Nullable Object> expected = part(reference, "expected");
        Layer layer = conv2d(part(reference, "config"));
        Shape input = shape(part(reference, "inputs").get("input_shape"));

        assertThat(layer.outputShape(input)).isEqualTo(shape(expected.get("output_shape")));
        assertThat(layer.variables(input).stream().map(Variable::shape))
                .containsExactly(shape(expected.get("kernel_shape")), shape(expected.get("bias_shape")));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void layer_ofErrorCase_isRefused(Map<String, @Nullable Object> reference) {
        Object input = part(reference, "inputs").get("input_shape");
        boolean atConstruction =
                "constructor".equals(part(reference, "expected").get("stage"));

        assertThatThrownBy(() -> {
                    Layer layer = conv2d(part(reference, "config"));
                    assertThat(atConstruction).isFalse();
                    layer.outputShape(shape(input));
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void layer_ofConfigCase_hasKerasAttributes(Map<String, @Nullable Object> reference) {
        Map<String, @Nullable Object> config = conv2d(part(reference, "config")).config();

        part(reference, "expected")
                .forEach((name, value) ->
                        assertThat(Fixture.rounded(config.get(name))).isEqualTo(Fixture.rounded(value)));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void toPlain_ofConfigCase_isWhatKerasWrites(Map<String, @Nullable Object> reference) {
        Map<String, @Nullable Object> config = part(reference, "config");
        Layer layer = Layers.layer(String.valueOf(config.get("layer")), part(config, "args"));

        assertThat(Fixture.rounded(KerasJson.toPlain(layer)))
                .isEqualTo(Fixture.rounded(part(reference, "expected").get("json")));
    }

    private static Conv2D conv2d(Map<String, @Nullable Object> arguments) {
        return (Conv2D) KerasArguments.layer("Conv2D", arguments);
    }

    private static Map<String, @Nullable Object> part(Map<String, @Nullable Object> map, String name) {
        return Plain.object(name, map.get(name));
    }

    private static Shape shape(@Nullable Object value) {
        return Shape.of(Value.dimensions("shape", value));
    }
}

package org.lockstep.driver.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.driver.LocalSpark;
import org.lockstep.driver.SparkModel;

class ConformanceTest {

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[1]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static List<Outcome> run(String cases) {
        return new Conformance(model -> SparkModel.of(model, spark)).run(cases, null, outcome -> {});
    }

    private static Outcome runOne(String op, String config, String inputs, String expected) {
        String file = """
                {"schema_version": 1, "cases": [
                  {"id": "one", "op": "%s", "config": %s, "inputs": %s, "expected": %s}]}""".formatted(op, config, inputs, expected);
        return run(file).get(0);
    }

    private static String cases() throws IOException {
        return cases("/keras/keras-cases.json");
    }

    private static String cases(String name) throws IOException {
        try (InputStream in = ConformanceTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void run_keras3Cases_allPass() throws IOException {
        List<Outcome> outcomes = run(cases());
        assertThat(outcomes)
                .hasSize(140)
                .allSatisfy(
                        outcome -> assertThat(outcome.reason()).as(outcome.id()).isIn("", "what keras224 did"));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.status() == Outcome.Status.PASS)
                .hasSize(136);
    }

    /** Forms of the schema that the other file has no case of: worked out by hand, callbacks by Keras 3.15. */
    @Test
    void run_otherFormsOfTheSchema_pass() throws IOException {
        assertThat(run(cases("/keras/more-cases.json")))
                .allSatisfy(
                        outcome -> assertThat(outcome.reason()).as(outcome.id()).isEmpty());
    }

    /** Made by train_cases.py with Keras. */
    @Test
    void run_trainingsByKeras_pass() throws IOException {
        assertThat(run(cases("/keras/train-cases.json")))
                .hasSize(9)
                .allSatisfy(
                        outcome -> assertThat(outcome.reason()).as(outcome.id()).isEmpty());
    }

    /** Made by schedule_cases.py from the published formulas. */
    @Test
    void run_learningRateSchedules_pass() throws IOException {
        assertThat(run(cases("/keras/schedule-cases.json")))
                .hasSize(18)
                .allSatisfy(
                        outcome -> assertThat(outcome.reason()).as(outcome.id()).isEmpty());
    }

    /** Made by loss_cases.py in double. */
    @Test
    void run_lossesByEveryReduction_pass() throws IOException {
        assertThat(run(cases("/keras/loss-cases.json")))
                .hasSize(42)
                .allSatisfy(
                        outcome -> assertThat(outcome.reason()).as(outcome.id()).isEmpty());
    }

    /** Numbers of Keras's own tests, brought together by metric_cases.py. */
    @Test
    void run_metricsOfKerasTests_pass() throws IOException {
        assertThat(run(cases("/keras/metric-cases.json")))
                .hasSize(100)
                .allSatisfy(
                        outcome -> assertThat(outcome.reason()).as(outcome.id()).isEmpty());
    }

    /** Keras 3's files: a counter for each class, whatever layers are called. */
    @Test
    void run_layoutOfFiles_comparesPathNameAndShape() {
        String layers = """
                {"layers": ["Conv2D(4, (3, 5), padding='same', use_bias=False, name='b') on (None, 8, 8, 3)",
                  "DepthwiseConv2D(kernel_size=3)", "Conv2D(2, kernel_size=[1, 1], name=a)", "Flatten()",
                  "Dense(3, 'relu')"], "file": "%s"}""";
        String first =
                "layers/conv2d/vars/0\": \"kernel [3, 5, 3, 4]\", \"layers/depthwise_conv2d/vars/0\": \"kernel [3,3,4,1]";
        String datasets = "{\"datasets\": {\"" + first + """
                ", "layers/depthwise_conv2d/vars/1": "bias [4]", "layers/conv2d_1/vars/0": "kernel [1,1,4,2]",
                "layers/conv2d_1/vars/1": "bias", "layers/dense/vars/0": "kernel[72,3]", "layers/dense/vars/1": "%s"}}""";
        for (String file : List.of(".keras", ".weights.h5", ".keras / .weights.h5")) {
            assertThat(runOne("h5_layout", layers.formatted(file), "{}", datasets.formatted("bias [3]"))
                            .reason())
                    .isEmpty();
        }
        assertThat(runOne("h5_layout", layers.formatted(".keras"), "{}", datasets.formatted("bias [4]"))
                        .reason())
                .isEqualTo("the shape at layers/dense/vars/1 is [3], not [4]");
        assertThat(runOne("h5_layout", layers.formatted(".keras"), "{}", datasets.formatted("kernel"))
                        .reason())
                .isEqualTo("the variable at layers/dense/vars/1 is bias, not kernel");
        assertThat(runOne("h5_layout", layers.formatted(".h5"), "{}", datasets.formatted("bias"))
                        .reason())
                .isEqualTo("not supported yet: files .h5");
        String other = "{\"datasets\": {\"layers/dense_1/vars/0\": \"kernel\"}}";
        assertThat(runOne("h5_layout", "{\"layers\": [\"Dense(3) on (2,)\"]}", "{}", other)
                        .reason())
                .isEqualTo("there is no dataset layers/dense_1/vars/0");
        assertThat(runOne("h5_layout", "{\"layers\": [\"Dense(3 on (2,)\"]}", "{}", other)
                        .reason())
                .startsWith("Invalid text: must have `,` at ");
    }

    /** Optimizers, schedules and losses, by Keras 3.15. */
    @Test
    void run_whatModelsAreCompiledWith_pass() throws IOException {
        assertThat(run(cases("/keras/compile-cases.json")))
                .hasSize(58)
                .allSatisfy(
                        outcome -> assertThat(outcome.reason()).as(outcome.id()).isEmpty());
    }

    /** Layers that graphs need, by Keras 3.15. */
    @Test
    void run_layersOfGraphs_pass() throws IOException {
        assertThat(run(cases("/keras/graph-cases.json")))
                .hasSize(51)
                .allSatisfy(
                        outcome -> assertThat(outcome.reason()).as(outcome.id()).isEmpty());
    }

    @Test
    void run_numberThatIsNotFinite_failsWithoutARelativeDeviation() {
        Outcome outcome = runOne(
                "epoch_aggregation",
                "{}",
                "{\"batch_sizes\": [1], \"batch_losses\": [1]}",
                "{\"epoch_loss\": \"Infinity\"}");
        assertThat(outcome.status()).isEqualTo(Outcome.Status.FAIL);
        assertThat(outcome.absolute()).isInfinite();
        assertThat(outcome.relative()).isZero();
    }

    @Test
    void run_numberOutsideItsTolerance_failsAndSaysWhich() {
        String inputs = "{\"x\": {\"shape\": [1, 2], \"data\": [1, -1]}}";
        Outcome near = runOne(
                "activation", "{\"name\": \"relu\"}", inputs, "{\"y\": {\"shape\": [1, 2], \"data\": [1.00009, 0]}}");
        assertThat(near.status()).isEqualTo(Outcome.Status.PASS);
        assertThat(near.relative()).isBetween(8e-5, 1e-4);
        Outcome far = runOne(
                "activation", "{\"name\": \"relu\"}", inputs, "{\"y\": {\"shape\": [1, 2], \"data\": [1.002, 0]}}");
        assertThat(far.status()).isEqualTo(Outcome.Status.FAIL);
        assertThat(far.reason()).isEqualTo("y[0] is 1.00000000, not 1.00200000");
    }

    @Test
    void run_settingInputOrExpectationThatNobodyReads_fails() {
        Outcome outcome = runOne(
                "accuracy_resolution",
                "{\"top\": 5}",
                "{\"y_true_shape\": [null], \"y_pred_shape\": [null, 3], \"mask\": 1}",
                "{\"metric\": \"sparse_categorical_accuracy\", \"other\": 1}");
        assertThat(outcome.reason()).isEqualTo("not supported yet: setting `top`, input `mask`, expected `other`");
    }

    @Test
    void run_otherVersionsOfKeras_skipped() {
        Outcome outcome = runOne("optimizer", "{\"semantics\": \"keras224\"}", "{}", "{}");
        assertThat(outcome.status()).isEqualTo(Outcome.Status.SKIPPED);
    }

    @Test
    void run_filterThatNoCaseHas_refusedWithTheOps() throws IOException {
        String cases = cases();
        assertThatThrownBy(() -> new Conformance(model -> SparkModel.of(model, spark)).run(cases, "conv", o -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Received: conv. Ops are: ")
                .hasMessageContaining("conv2d_error");
    }

    @Test
    void run_notACaseFile_refused() {
        assertThatThrownBy(() -> run("{\"cases\": []}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema_version");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'filters': 0, 'kernel_size': 2} | constructor",
                "{'filters': -3, 'kernel_size': 2} | constructor",
                "{'filters': 2, 'kernel_size': 0} | constructor",
                "{'filters': 2, 'kernel_size': [2, -1]} | constructor",
                "{'filters': 2, 'kernel_size': [2, 2, 2]} | constructor",
                "{'filters': 2, 'kernel_size': [1]} | constructor",
                "{'filters': 2, 'kernel_size': 2.5} | constructor",
                "{'filters': 2, 'kernel_size': 'abc'} | constructor",
                "{'filters': 2, 'kernel_size': null} | constructor",
                "{'filters': 2, 'kernel_size': 2, 'strides': 0} | constructor",
                "{'filters': 2, 'kernel_size': 2, 'strides': [1, 0]} | constructor",
                "{'filters': 2, 'kernel_size': 2, 'strides': [2, 0]} | constructor",
                "{'filters': 2, 'kernel_size': 2, 'dilation_rate': 0} | constructor",
                "{'filters': 2, 'kernel_size': 2, 'dilation_rate': [2, 2], 'strides': [1, 2]} | constructor",
                "{'filters': 2, 'kernel_size': 2, 'padding': 'full'} | constructor",
                "{'filters': 2, 'kernel_size': 2, 'padding': null} | constructor",
                "{'filters': 2, 'kernel_size': 2, 'data_format': 'channels_middle'} | constructor",
                "{'filters': 5, 'kernel_size': 2, 'groups': 2} | constructor",
                "{'filters': 5, 'kernel_size': 2, 'activation': 'no_such'} | constructor",
                "{'filters': 5, 'kernel_size': 2, 'kernel_initializer': 'no_such'} | constructor",
                "{'filters': 5, 'kernel_size': 2, 'bias_initializer': 'no_such'} | constructor",
                "{'filters': 5, 'kernel_size': 2, 'kernel_regularizer': 'no_such'} | constructor",
                "{'filters': 5, 'kernel_size': 2, 'activity_regularizer': 'l1_l2'} | constructor",
                "{'filters': 5, 'kernel_size': 2, 'bias_constraint': 'no_such'} | constructor",
                "{'filters': 5, 'kernel_size': 2, 'no_such': 1} | constructor",
                "{'kernel_size': 2} | constructor",
                "{'filters': 5} | constructor",
                "{'filters': 4, 'kernel_size': 2, 'groups': 2, 'input_shape_': [null, 5, 5, 3]} | build_or_call",
                "{'filters': 4, 'kernel_size': 5, 'input_shape_': [null, 4, 4, 3]} | build_or_call",
                "{'filters': 4, 'kernel_size': 2, 'dilation_rate': 10, 'input_shape_': [2, 10, 10, 3]} | build_or_call",
                "{'filters': 4, 'kernel_size': 2, 'input_shape_': [null, 10, 10]} | build_or_call",
                "{'filters': 4, 'kernel_size': 2, 'input_shape_': [null, 10]} | build_or_call",
                "{'filters': 4, 'kernel_size': 2, 'input_shape_': [null, 4, 10, 10, 3]} | build_or_call",
                "{'filters': 4, 'kernel_size': 2, 'input_shape_': [null, 10, 10, null]} | build_or_call",
                "{'filters': 4, 'kernel_size': 5, 'data_format': 'channels_first', 'input_shape_': [1, 3, 4, 9]} | build_or_call",
            })
    void run_convolutionThatKerasRefuses_refusedAtTheSameStage(String config, String stage) {
        String json = config.replace('\'', '"');
        String inputs = "{}";
        int shape = json.indexOf(", \"input_shape_\": ");
        if (shape >= 0) {
            inputs = "{\"input_shape\": " + json.substring(shape + ", \"input_shape_\": ".length());
            json = json.substring(0, shape) + "}";
        }
        Outcome outcome = runOne(
                "conv2d_error",
                json,
                inputs,
                "{\"error\": true, \"stage\": \"%s\", \"reason\": \"\"}".formatted(stage));
        assertThat(outcome.reason()).isEmpty();
    }
}

package org.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.Loss;
import org.lockstep.losses.SparseCategoricalCrossentropy;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/** Names, arguments and JSON of metrics, as keras/src/metrics has them. */
class MetricsTest {

    @ParameterizedTest
    @CsvSource({
        "mse, MeanSquaredError",
        "MAE, MeanAbsoluteError",
        "mape, MeanAbsolutePercentageError",
        "msle, MeanSquaredLogarithmicError",
        "bce, BinaryCrossentropy",
        "mean_squared_error, MeanSquaredError",
        "root_mean_squared_error, RootMeanSquaredError",
        "RootMeanSquaredError, RootMeanSquaredError",
        "log_cosh_error, LogCoshError",
        "cosine_similarity, CosineSimilarity",
        "kl_divergence, KLDivergence",
        "Poisson, Poisson",
        "squared_hinge, SquaredHinge",
        "categorical_hinge, CategoricalHinge",
        "categorical_crossentropy, CategoricalCrossentropy",
        "sparse_categorical_crossentropy, SparseCategoricalCrossentropy",
        "precision, Precision",
        "Recall, Recall",
        "true_negatives, TrueNegatives",
        "auc, AUC",
        "AUC, AUC",
        "acc, Accuracy",
        "Accuracy, Accuracy",
        "BinaryAccuracy, BinaryAccuracy"
    })
    void everyNameOfKeras_isTheMetric_reportedUnderIt(String name, String className) {
        assertThat(Metric.of(name).className()).isEqualTo(className);
        assertThat(Metric.of(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"log_cosh", "logcosh", "huber", "kld", "f1"})
    void nameThatKerasDoesNotKnow_isRefused(String name) {
        assertThatThrownBy(() -> Metric.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Could not interpret metric identifier: " + name);
    }

    static List<Metric> metrics() {
        List<Metric> metrics = Metric.all();
        metrics.add(new LossMetric(new BinaryCrossentropy(true, 0.1), "b"));
        metrics.add(new LossMetric(new CategoricalCrossentropy(true, 0.2), "c"));
        metrics.add(new LossMetric(new SparseCategoricalCrossentropy(true), "s"));
        metrics.add(Confusion.precision().threshold(0.25).topK(2).classId(1).name("p"));
        metrics.add(Confusion.recall().topK(3));
        metrics.add(Confusion.of(Confusion.Kind.FALSE_NEGATIVES).threshold(0.75));
        metrics.add(AUC.of()
                .numThresholds(50)
                .curve(AUC.Curve.PR)
                .summation(AUC.Summation.MINORING)
                .fromLogits(true));
        metrics.add(AUC.of().thresholds(List.of(0.5, 0.25)).curve(AUC.Curve.PRGAIN));
        metrics.add(Accuracy.of(Accuracy.Kind.BINARY).threshold(0.25));
        metrics.add(RootMeanSquaredError.of().name("rmse"));
        metrics.add(Metric.of("mse"));
        return metrics;
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void metric_throughPlainValuesAndCompileConfig_isItself(Metric metric) {
        assertThat(KerasArguments.metric(KerasJson.toPlain(metric))).isEqualTo(metric);
        Sequential model = Sequential.of(Input.of(2), Dense.of(1));
        CompileConf compile = new CompileConf(SGD.of(), Loss.of("mse"), List.of(metric), List.of(metric));
        assertThat(KerasJson.parse(KerasJson.toJson(model, compile)).compile()).isEqualTo(compile);
    }

    @Test
    void configs_areKeras() {
        assertThat(new LossMetric(BinaryCrossentropy.of(), "b").config().keySet())
                .containsExactly("name", "dtype", "from_logits", "label_smoothing");
        assertThat(new LossMetric(CategoricalCrossentropy.of(), "c").config().keySet())
                .containsExactly("name", "dtype", "from_logits", "label_smoothing", "axis");
        assertThat(new LossMetric(SparseCategoricalCrossentropy.of(), "c")
                        .config()
                        .keySet())
                .containsExactly("name", "dtype", "from_logits", "ignore_class", "axis");
        assertThat(Confusion.precision().config().keySet())
                .containsExactly("name", "dtype", "thresholds", "top_k", "class_id");
        assertThat(Confusion.of(Confusion.Kind.TRUE_POSITIVES).config().keySet())
                .containsExactly("name", "dtype", "thresholds");
        assertThat(AUC.of().config())
                .containsEntry("num_thresholds", 200)
                .containsEntry("curve", "ROC")
                .containsEntry("summation_method", "interpolation")
                .doesNotContainKey("thresholds");
    }

    @Test
    void briefForms_takeTheFirstArgument() {
        assertThat(KerasArguments.metric(Map.of("precision", 0.25)))
                .isEqualTo(Confusion.precision().threshold(0.25));
        assertThat(KerasArguments.metric(Map.of("Recall", Map.of("top_k", 3, "name", "r"))))
                .isEqualTo(Confusion.recall().topK(3).name("r"));
        assertThat(KerasArguments.metric(Map.of("auc", 20))).isEqualTo(AUC.of().numThresholds(20));
        assertThat(KerasArguments.metric(Map.of("mse", "error")))
                .isEqualTo(Metric.of("mse").name("error"));
        Map<String, Object> unnamed = new HashMap<>();
        unnamed.put("name", null);
        assertThat(KerasArguments.metric(Map.of("auc", unnamed))).isEqualTo(AUC.of());
    }

    /** A threshold of binary accuracy is none of the others'. */
    @Test
    void threshold_isOfBinaryAccuracyOnly() {
        assertThat(KerasArguments.metric(Map.of("binary_accuracy", Map.of("threshold", 0.25))))
                .isEqualTo(Accuracy.of(Accuracy.Kind.BINARY).threshold(0.25));
        assertThatThrownBy(() -> KerasArguments.metric(Map.of("categorical_accuracy", Map.of("threshold", 0.25))))
                .hasMessageContaining("Unrecognized keyword arguments passed to CategoricalAccuracy");
        assertThatThrownBy(() -> Accuracy.of(Accuracy.Kind.CATEGORICAL).threshold(0.25))
                .hasMessage("Invalid `threshold`: only BinaryAccuracy takes one. Received: 0.25");
    }

    @Test
    void directions_areKeras() {
        assertThat(Metric.of("mse").isHigherBetter()).isFalse();
        assertThat(Metric.of("cosine_similarity").isHigherBetter()).isTrue();
        assertThat(Metric.of("auc").isHigherBetter()).isTrue();
        assertThat(Metric.of("precision").isHigherBetter()).isTrue();
        assertThat(Metric.of("false_positives").isHigherBetter()).isNull();
    }

    @Test
    void whatCannotBe_isRefused() {
        assertThatThrownBy(() -> Confusion.precision().threshold(1.5))
                .hasMessage("Threshold values must be in [0, 1]. Received: [1.5]");
        assertThatThrownBy(() -> AUC.of().numThresholds(1))
                .hasMessage("Argument `num_thresholds` must be an integer > 1. Received: num_thresholds=1");
        assertThatThrownBy(() -> KerasArguments.metric(Map.of("auc", Map.of("curve", "PQ"))))
                .hasMessage("Invalid AUC curve value: \"PQ\". Expected values are [\"PR\", \"ROC\", \"PRGAIN\"]");
        assertThatThrownBy(() -> KerasArguments.metric(Map.of("auc", Map.of("summation_method", "x"))))
                .hasMessageContaining("Invalid AUC summation method value: \"x\"");
        assertThatThrownBy(() -> KerasArguments.metric(Map.of("auc", Map.of("multi_label", true))))
                .isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> KerasArguments.metric(Map.of("precision", List.of(0.5, 0.7))))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("thresholds=[0.5, 0.7]");
        assertThatThrownBy(() -> KerasArguments.metric(Map.of("true_positives", Map.of("top_k", 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("top_k");
    }

    /** Keras takes thresholds that are nearly even for even ones. */
    @Test
    void thresholds_evenOrNot() {
        assertThat(AUC.of().isEven()).isTrue();
        assertThat(AUC.of().thresholds(List.of(0.25, 0.75, 0.5)).isEven()).isTrue();
        assertThat(AUC.of().thresholds(List.of(0.25, 0.500001, 0.75)).isEven()).isTrue();
        assertThat(AUC.of().thresholds(List.of(0.25, 0.5, 0.7)).isEven()).isFalse();
        assertThat(AUC.of().thresholds(List.of()).isEven()).isFalse();
        assertThat(AUC.of().numThresholds(5).allThresholds()).containsExactly(-1e-7, 0.25, 0.5, 0.75, 1 + 1e-7);
    }
}

package org.lockstep.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.keras.NotSupportedException;

class LossesTest {

    @ParameterizedTest
    @CsvSource({
        "MeanAbsoluteError, mean_absolute_error, mae",
        "MeanAbsoluteError, mean_absolute_error, MAE",
        "MeanAbsolutePercentageError, mean_absolute_percentage_error, mape",
        "MeanAbsolutePercentageError, mean_absolute_percentage_error, MAPE",
        "MeanSquaredLogarithmicError, mean_squared_logarithmic_error, msle",
        "MeanSquaredLogarithmicError, mean_squared_logarithmic_error, MSLE",
        "KLDivergence, kl_divergence, kld",
        "KLDivergence, kl_divergence, KLD",
        "CosineSimilarity, cosine_similarity, cosine_similarity",
        "LogCosh, log_cosh, log_cosh",
        "Poisson, poisson, poisson",
        "Hinge, hinge, hinge",
        "SquaredHinge, squared_hinge, squared_hinge",
        "CategoricalHinge, categorical_hinge, categorical_hinge",
        "BinaryFocalCrossentropy, binary_focal_crossentropy, binary_focal_crossentropy",
        "CategoricalFocalCrossentropy, categorical_focal_crossentropy, categorical_focal_crossentropy",
        "Huber, huber, huber"
    })
    void everyNameOfKeras_isTheLoss(String className, String name, String alias) {
        Loss loss = Loss.of(className);
        assertThat(loss.className()).isEqualTo(className);
        assertThat(loss.name()).isEqualTo(name);
        assertThat(Loss.of(name)).isEqualTo(loss);
        assertThat(Loss.of(alias)).isEqualTo(loss);
    }

    @ParameterizedTest
    @EnumSource
    void simpleLoss_throughPlainValues_isItself(SimpleLoss.Kind kind) {
        SimpleLoss loss = new SimpleLoss(kind);
        assertThat(KerasArguments.loss(KerasJson.toPlain(loss))).isEqualTo(loss);
        assertThat(loss.config()).containsOnlyKeys("name", "reduction").containsEntry("name", loss.name());
    }

    @Test
    void focalLosses_keepTheirArguments() {
        BinaryFocalCrossentropy binary = new BinaryFocalCrossentropy(true, 0.3, 3, true, 0.1, Reduction.SUM);
        assertThat(KerasArguments.loss(KerasJson.toPlain(binary))).isEqualTo(binary);
        CategoricalFocalCrossentropy classes =
                new CategoricalFocalCrossentropy(List.of(0.1, 0.2, 0.7), 1, false, 0.2, Reduction.NONE);
        assertThat(KerasArguments.loss(KerasJson.toPlain(classes))).isEqualTo(classes);
        assertThat(KerasArguments.loss(Map.of("categorical_focal_crossentropy", 3.0)))
                .isEqualTo(new CategoricalFocalCrossentropy(List.of(0.25), 3, false, 0, Loss.DEFAULT_REDUCTION));
        assertThat(KerasArguments.loss(KerasJson.toPlain(BinaryFocalCrossentropy.of())))
                .isEqualTo(BinaryFocalCrossentropy.of());
        assertThatThrownBy(() -> new CategoricalFocalCrossentropy(List.of(), 1, false, 0, Reduction.SUM))
                .hasMessage("Invalid `alpha`: needs at least one number. Received: alpha=[]");
    }

    @Test
    void huber_keepsItsDelta() {
        Huber loss = new Huber(0.5);
        assertThat(KerasArguments.loss(KerasJson.toPlain(loss))).isEqualTo(loss);
        assertThat(KerasArguments.loss(Map.of("huber", 0.5))).isEqualTo(loss);
        assertThat(KerasArguments.loss(
                        Map.of("class_name", "Huber", "config", Map.of("name", "huber_loss", "dtype", "float32"))))
                .isEqualTo(Huber.of());
        assertThat(loss.config()).containsEntry("name", "huber_loss").containsEntry("delta", 0.5);
    }

    @Test
    void whatCannotBe_isRefused() {
        assertThatThrownBy(() -> Loss.of("mean_error"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Could not interpret loss identifier: mean_error");
        assertThatThrownBy(() ->
                        KerasArguments.loss(Map.of("class_name", "CosineSimilarity", "config", Map.of("axis", 1))))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("axis=1");
        assertThatThrownBy(() ->
                        KerasArguments.loss(Map.of("class_name", "Poisson", "config", Map.of("reduction", "total"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid value for argument `reduction`. Expected one of [sum_over_batch_size, mean, sum, "
                        + "mean_with_sample_weight, none]. Received: reduction=total");
    }

    @ParameterizedTest
    @EnumSource
    void everyReduction_throughPlainValues_isItself(Reduction reduction) {
        for (String name : List.of(
                "categorical_crossentropy",
                "sparse_categorical_crossentropy",
                "binary_crossentropy",
                "mse",
                "huber",
                "poisson",
                "cosine_similarity")) {
            Loss loss = Loss.of(name).reduction(reduction);
            assertThat(loss.config()).containsEntry("reduction", reduction.kerasName());
            assertThat(KerasArguments.loss(KerasJson.toPlain(loss))).isEqualTo(loss);
            assertThat(KerasArguments.loss(Map.of(name, Map.of("reduction", reduction.kerasName()))))
                    .isEqualTo(loss);
        }
    }

    @Test
    void noReduction_isNone() {
        Map<String, Object> config = new HashMap<>();
        config.put("reduction", null);
        assertThat(KerasArguments.loss(Map.of("class_name", "Poisson", "config", config))
                        .reduction())
                .isEqualTo(Reduction.NONE);
    }
}

package org.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.keras.NotSupportedException;

class TopKTest {

    @Test
    void names_areThoseOfKeras() {
        assertThat(Metric.of("top_k_categorical_accuracy")).isEqualTo(TopK.of(false));
        assertThat(Metric.of("TopKCategoricalAccuracy"))
                .isEqualTo(TopK.of(false).name("TopKCategoricalAccuracy"));
        assertThat(Metric.of("sparse_top_k_categorical_accuracy")).isEqualTo(TopK.of(true));
        assertThat(Metric.of("SparseTopKCategoricalAccuracy"))
                .isEqualTo(TopK.of(true).name("SparseTopKCategoricalAccuracy"));
        assertThat(TopK.of(true).config())
                .containsExactly(
                        Map.entry("name", "sparse_top_k_categorical_accuracy"),
                        Map.entry("dtype", "float32"),
                        Map.entry("k", 5));
        assertThat(TopK.of(false).isHigherBetter()).isTrue();
    }

    @Test
    void topK_throughPlainValues_isItself() {
        TopK metric = new TopK(true, 3, "top_3");
        assertThat(KerasArguments.metric(KerasJson.toPlain(metric))).isEqualTo(metric);
        assertThat(KerasArguments.metric(Map.of("top_k_categorical_accuracy", 2)))
                .isEqualTo(TopK.of(false).k(2));
    }

    @Test
    void whatCannotBe_isRefused() {
        assertThatThrownBy(() -> TopK.of(true).k(0)).hasMessage("Invalid `k`: must be positive. Received: 0");
        assertThatThrownBy(() -> KerasArguments.metric(Map.of(
                        "class_name", "SparseTopKCategoricalAccuracy", "config", Map.of("from_sorted_ids", true))))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("from_sorted_ids");
    }
}

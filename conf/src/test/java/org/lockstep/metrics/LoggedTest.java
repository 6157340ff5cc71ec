package org.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.report.Totals;

/** Names, sums and JSON of a model's metrics. */
class LoggedTest {

    private static CompileConf compile(List<String> metrics, List<String> weighted) {
        return CompileConf.of("sgd", "mse", metrics.toArray(new String[0]))
                .weightedMetrics(weighted.toArray(new String[0]));
    }

    private static List<String> names(List<String> metrics, List<String> weighted) {
        return compile(metrics, weighted).logged().stream().map(Logged::name).toList();
    }

    /** As keras/src/trainers/compile_utils.py makes them. */
    @Test
    void names_areKeras() {
        assertThat(names(List.of("accuracy"), List.of())).containsExactly("accuracy");
        assertThat(names(List.of(), List.of("accuracy"))).containsExactly("accuracy");
        assertThat(names(List.of("accuracy"), List.of("accuracy"))).containsExactly("accuracy", "weighted_accuracy");
        assertThat(names(List.of("acc"), List.of("accuracy"))).containsExactly("acc", "accuracy");
        assertThat(names(List.of("acc", "acc", "acc"), List.of())).containsExactly("acc", "acc_1", "acc_2");
        assertThat(names(List.of(), List.of("acc", "acc", "acc")))
                .containsExactly("acc", "weighted_acc", "weighted_acc_1");
        assertThat(names(List.of("acc", "acc"), List.of("acc", "acc")))
                .containsExactly("acc", "acc_1", "weighted_acc", "weighted_acc_1");
    }

    @Test
    void totals_areEachMetricsSums() {
        Totals totals =
                new Totals(compile(List.of("accuracy"), List.of("accuracy")).logged());
        assertThat(totals.logs()).isEqualTo(Map.of("loss", 0.0, "accuracy", 0.0, "weighted_accuracy", 0.0));
        totals.add(4, 0.5, new double[] {2, 4, 0.5, 2.5});
        totals.add(1, 3, new double[] {1, 1, 1, 0.5});
        assertThat(totals.logs()).isEqualTo(Map.of("loss", 1.0, "accuracy", 0.6, "weighted_accuracy", 0.5));
    }

    @Test
    void weightedMetrics_throughKerasJson_areThemselves() {
        Sequential model = Sequential.of(Input.of(2), Dense.of(1));
        CompileConf compile = compile(List.of("accuracy"), List.of("accuracy", "binary_accuracy"));
        String json = KerasJson.toJson(model, compile);
        assertThat(json)
                .contains("\"metrics\": [\"accuracy\"]")
                .contains("\"weighted_metrics\": [\"accuracy\", \"binary_accuracy\"]");
        assertThat(KerasJson.parse(json).compile()).isEqualTo(compile);
    }
}

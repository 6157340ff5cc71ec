package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.json.Json;
import org.lockstep.examples.bench.Contest.Measured;
import org.lockstep.examples.bench.side.BenchModel;
import org.lockstep.examples.bench.side.Round;
import org.lockstep.examples.bench.side.Workload;

class FiguresTest {

    private static final Contest CONTEST = new Contest(
            new Workload(BenchModel.LENET, 50, 10, 2),
            List.of(
                    new Measured(
                            Entrant.ENGINE,
                            "Lockstep, one",
                            0.975,
                            List.of(round(0.25, 7.0), round(0.5, 9.0), round(0.2, 8.0))),
                    new Measured(
                            Entrant.PYTORCH,
                            "PyTorch, two",
                            Double.NaN,
                            List.of(new Round(1, 500), new Round(1, 500), new Round(1, 500)))));

    private static Round round(double seconds, double allocated) {
        return new Round(seconds, 500, Map.of(Round.ALLOCATED, allocated));
    }

    @Test
    void contest_hasTheDocumentedKeys() {
        Map<String, Object> read = Json.parseObject(Json.writePretty(Figures.of(CONTEST, Entrant.ENGINE)));

        assertThat(read)
                .containsOnlyKeys("model", "batch", "steps", "threads", "sides", "ratios")
                .containsEntry("model", "lenet")
                .containsEntry("batch", 50)
                .containsEntry("steps", 10)
                .containsEntry("threads", 2);
        assertThat(read.get("sides"))
                .isEqualTo(List.of(
                        Map.of(
                                "name",
                                "engine",
                                "description",
                                "Lockstep, one",
                                "images",
                                500,
                                "step_ms",
                                summary(25, 20, 50),
                                "images_per_second",
                                summary(2000, 1000, 2500),
                                "allocated_bytes_per_step",
                                summary(8, 7, 9),
                                "accuracy",
                                0.975,
                                "seconds",
                                List.of(0.25, 0.5, 0.2)),
                        Map.of(
                                "name",
                                "pytorch",
                                "description",
                                "PyTorch, two",
                                "images",
                                500,
                                "step_ms",
                                summary(100, 100, 100),
                                "images_per_second",
                                summary(500, 500, 500),
                                "seconds",
                                List.of(1.0, 1.0, 1.0))));
        assertThat(read.get("ratios"))
                .isEqualTo(List.of(Map.of(
                        "ours",
                        "engine",
                        "other",
                        "pytorch",
                        "median",
                        4.0,
                        "min",
                        2.0,
                        "max",
                        5.0,
                        "low",
                        2.0,
                        "high",
                        5.0,
                        "coverage",
                        0.75)));
    }

    @Test
    void verdict_hasTheDocumentedKeys() {
        Map<String, Object> read = Json.parseObject(
                Json.writePretty(Figures.of(Bars.judge(List.of(CONTEST)).get(0))));

        assertThat(read)
                .isEqualTo(Map.of(
                        "bar",
                        "engine does at least 1.8 x the images/s of pytorch",
                        "model",
                        "lenet",
                        "batch",
                        50,
                        "quantity",
                        "speed_ratio",
                        "bound",
                        1.8,
                        "median",
                        4.0,
                        "low",
                        2.0,
                        "high",
                        5.0,
                        "coverage",
                        0.75,
                        "passed",
                        true));
    }

    @Test
    void table_hasALinePerSideAndPerRatio() {
        assertThat(Tables.of(CONTEST, Entrant.ENGINE)).isEqualTo("""
            lenet, batch 50                ms/step            interval   images/s  exchange     start     stall  accuracy
              engine                         25.00      [20.00, 50.00]       2000                                   0.975
              pytorch                       100.00    [100.00, 100.00]        500                                       \s
              engine / pytorch, images/s: 4.00, within [2.00, 5.00] with 75 % confidence
            """);
    }

    private static Map<String, Object> summary(double median, double min, double max) {
        return Map.of("median", median, "min", min, "max", max, "low", min, "high", max, "coverage", 0.75);
    }
}

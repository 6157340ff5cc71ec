package org.lockstep.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.json.Json;
import org.lockstep.examples.bench.Outcome.Entry;

class OutcomeTest {

    private static final List<Entry> SIDES =
            List.of(new Entry("lockstep", "Lockstep, one", 0.975), new Entry("dl4j_spark", "DL4J, two", 0.95));
    private static final Outcome OUTCOME =
            new Outcome(SIDES, List.of(new Pair(3000, 100), new Pair(2000, 100), new Pair(3600, 144)), 10);

    @Test
    void table_hasALinePerSideAndTheRatio() {
        assertThat(OUTCOME.table()).isEqualTo("""
                        images/s                   median        min        max   accuracy
                        lockstep                     3000       2000       3600      0.975
                        dl4j_spark                    100        100        144      0.950
                        ratio                        25.0       20.0       30.0
                        median ratio 25.0, within [20.0, 30.0] with 75 % confidence; goal 10.0: reached
                        """);
    }

    @Test
    void passed_belowTheGoal_isFalse() {
        assertThat(OUTCOME.passed()).isTrue();
        Outcome missed = new Outcome(SIDES, OUTCOME.pairs(), 25.1);
        assertThat(missed.passed()).isFalse();
        assertThat(missed.table()).endsWith("goal 25.1: missed\n");
    }

    @Test
    void figures_areTheDocumentedKeysAndEveryPair() {
        Map<String, Object> read = Json.parseObject(Json.writePretty(OUTCOME.figures()));

        assertThat(read).containsOnlyKeys("sides", "pairs", "ratio", "goal", "passed");
        assertThat(read.get("pairs"))
                .isEqualTo(List.of(
                        Map.of("ours", 3000.0, "peer", 100.0, "ratio", 30.0),
                        Map.of("ours", 2000.0, "peer", 100.0, "ratio", 20.0),
                        Map.of("ours", 3600.0, "peer", 144.0, "ratio", 25.0)));
        assertThat(read.get("ratio"))
                .isEqualTo(
                        Map.of("median", 25.0, "min", 20.0, "max", 30.0, "low", 20.0, "high", 30.0, "coverage", 0.75));
        assertThat(read.get("sides"))
                .isEqualTo(List.of(
                        side("lockstep", "Lockstep, one", 3000, 2000, 3600, 0.975),
                        side("dl4j_spark", "DL4J, two", 100, 100, 144, 0.95)));
        assertThat(read).containsEntry("goal", 10.0).containsEntry("passed", true);
    }

    private static Map<String, Object> side(
            String name, String description, double median, double min, double max, double accuracy) {
        return Map.of(
                "name", name,
                "description", description,
                "images_per_second", Map.of("median", median, "min", min, "max", max),
                "accuracy", accuracy);
    }
}

package org.lockstep.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.json.Json;
import org.lockstep.examples.chaos.Results.Trained;

class ResultsTest {

    private static final Training TRAINING = Training.of(0, 1);
    private static final Trained SAME = new Trained(TRAINING, 10, "ab", "ab", null, 1);

    private static Struck struck(@Nullable Long next, double lostSeconds) {
        Fault fault = new Fault(Kind.STOP, 5, 0, 0);
        return new Struck(fault, 1, "1 (a)", 0, 7, 1000, next, 3, lostSeconds);
    }

    @Test
    void passed_sameBitsAndSoon() {
        List<Struck> soon = List.of(struck(5000L, 0), struck(9000L, 3.5), struck(90_000L, 0));
        Results results = new Results(3, List.of(SAME), soon);
        assertThat(results.passed()).isTrue();
        assertThat(results.table())
                .contains("the same bits", "passed: 3 of 3 faults", "median beyond lost work 4.50 s");
    }

    @Test
    void failed_otherBits_noEnd_tooFewFaults_tooLate_noStep() {
        List<Struck> soon = List.of(struck(5000L, 0));
        Trained other = new Trained(TRAINING, 10, "ab", "cd", null, 1);
        Trained none = new Trained(TRAINING, 10, "ab", null, "it is on fire", 1);
        assertThat(new Results(1, List.of(SAME, other), soon).passed()).isFalse();
        assertThat(new Results(1, List.of(SAME, none), soon).table()).contains("FAILED: it is on fire");
        assertThat(new Results(1, List.of(SAME, none), soon).passed()).isFalse();
        assertThat(new Results(2, List.of(SAME), soon).passed()).isFalse();
        assertThat(new Results(1, List.of(SAME), List.of(struck(6100L, 0))).passed())
                .isFalse();
        assertThat(new Results(1, List.of(SAME), List.of(struck(null, 0))).passed())
                .isFalse();
    }

    @Test
    void json_hasEveryFaultAndTraining() {
        Results results = new Results(2, List.of(SAME), List.of(struck(5000L, 1), struck(null, 0)));
        String json = Json.write(results.json());
        assertThat(json)
                .contains("\"seconds_to_next_step\": 4.0", "\"seconds_to_next_step\": null", "\"sha256\": \"ab\"")
                .contains("\"median_seconds\": 4.0", "\"passed\": false");
    }
}

package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.initializers.Initializer;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** Reference cases of the distribution of initial values. */
class InitializerCasesTest {

    private static final int DRAWS = 300;

    static List<Map<String, @Nullable Object>> initializers() {
        return Fixture.cases("initializer");
    }

    @ParameterizedTest
    @MethodSource("initializers")
    void values_ofCase_haveItsDistribution(Map<String, @Nullable Object> reference) {
        Map<String, @Nullable Object> config = Plain.object("config", reference.get("config"));
        Map<String, @Nullable Object> expected = Plain.object("expected", reference.get("expected"));
        Initializer initializer = KerasArguments.initializer(config.get("name"));
        int[] shape = Value.dimensions("shape", config.get("shape"));
        double sum = 0;
        double squares = 0;
        long count = 0;
        double least = 0;
        double most = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            for (float value : initializer.values(shape, CounterRandom.of(draw, Purpose.INITIAL_WEIGHTS, 0, 0, 0))) {
                sum += value;
                squares += value * value;
                count++;
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        double stddev = Value.number("stddev", expected.get("stddev"));

        assertThat(sum / count).isCloseTo(Value.number("mean", expected.get("mean")), within(0.02 * stddev));
        assertThat(Math.sqrt(squares / count)).isCloseTo(stddev, within(0.02 * stddev));
        assertThat(least).isBetween(1.000001 * Value.number("min", expected.get("min")), -1.5 * stddev);
        assertThat(most).isBetween(1.5 * stddev, 1.000001 * Value.number("max", expected.get("max")));
    }
}

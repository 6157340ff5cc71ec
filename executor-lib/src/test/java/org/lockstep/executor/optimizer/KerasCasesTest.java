package org.lockstep.executor.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.Dense;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Optimizer;

/** Reference cases of optimizers, regularizers and constraints. */
class KerasCasesTest {

    private static final int SAMPLES = 4;

    static List<Cases.Case> optimizers() {
        return Cases.of("optimizer");
    }

    static List<Cases.Case> regularizers() {
        return Cases.of("regularizer", "regularizer_orthogonal");
    }

    static List<Cases.Case> constraints() {
        return Cases.of("constraint");
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void quadratic_weightsAfterEachStepAreKerass(Cases.Case given) {
        // Two variables of four numbers each, like the case's.
        Sequential model = Sequential.of(
                Dense.of(2).useBias(false).inputShape(2), Dense.of(2).useBias(false));
        Optimizer optimizer = Cases.optimizer(given.config());
        TrainState state = TrainState.create(model.layout(), optimizer);
        Update update = new Update(model, optimizer);
        Partials partials = update.partials();
        float[] a = both(given.inputs().get("quadratic_a"));
        float[] c = both(given.inputs().get("quadratic_c"));
        state.weights().put(0, both(given.inputs().get("w0")));

        for (JsonNode wanted : given.expected().get("w_after_step")) {
            GradientSums sums = (offset, length, into) -> {
                for (int i = 0; i < length; i++) {
                    int place = offset + i;
                    into[i] = SAMPLES * a[place] * (state.weights().get(place) - c[place]);
                }
            };
            update.average(state, sums, SAMPLES, partials, 0, update.blocks());
            update.apply(state, partials, 0, update.blocks());
            update.finish(state);

            float[] weights = new float[8];
            state.weights().get(0, weights);
            assertClose(weights, both(wanted));
        }
        assertThat(state.iterations()).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("regularizers")
    void penalty_valueAndGradientAreKerass(Cases.Case given) {
        int[] shape = Cases.shape(given.inputs().get("w"));
        float[] w = Cases.data(given.inputs().get("w"));

        double penalty = given.expected().get("penalty").asDouble();
        assertThat(Penalty.value(Cases.regularizer(given.config()), shape, w))
                .isCloseTo(penalty, within(1e-5 + 1e-4 * penalty));
        assertClose(
                Penalty.gradient(Cases.regularizer(given.config()), shape, w),
                Cases.data(given.expected().get("gradient")));
    }

    @ParameterizedTest
    @MethodSource("constraints")
    void projection_isKerass(Cases.Case given) {
        float[] w = Cases.data(given.inputs().get("w"));

        Projection.apply(
                Cases.constraint(given.config()), Cases.shape(given.inputs().get("w")), w);

        assertClose(w, Cases.data(given.expected().get("w")));
    }

    private static float[] both(JsonNode variables) {
        return FloatBuffer.allocate(8)
                .put(Cases.data(variables.get(0)))
                .put(Cases.data(variables.get(1)))
                .array();
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f + 1e-4f * Math.abs(expected[i])));
        }
    }
}

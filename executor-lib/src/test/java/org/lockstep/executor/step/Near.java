package org.lockstep.executor.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.lockstep.data.Tensor;

/** Comparison within Keras's usual tolerances. */
public final class Near {

    private Near() {}

    /** Equal shapes, and numbers within 1e-5 + 1e-4 of the expected magnitude. */
    public static void assertNear(String what, Tensor actual, Tensor expected) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        assertNear(what, actual.values(), expected.values());
    }

    public static void assertNear(String what, float[] actual, float[] expected) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertNear(what + "[" + i + "]", actual[i], expected[i]);
        }
    }

    public static void assertNear(String what, double actual, double expected) {
        assertThat(Math.abs(actual - expected))
                .as("%s: %s instead of %s", what, actual, expected)
                .isLessThanOrEqualTo(1e-5 + 1e-4 * Math.abs(expected));
    }
}

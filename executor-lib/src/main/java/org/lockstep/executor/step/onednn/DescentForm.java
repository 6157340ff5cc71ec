package org.lockstep.executor.step.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lockstep.executor.Descent;

/** The steps that oneDNN can take in one pass. Where a division is exact, it can come at another place in a form. */
enum DescentForm {
    /** (sum · samples⁻¹) · −rate + w. */
    PLAIN {
        @Override
        boolean takes(Descent step) {
            return step.signs() == 0 && step.multiples() == 0 && step.isDivisionExact();
        }

        @Override
        float[] factors(Descent step) {
            return new float[] {1 / step.samples(), -step.rate()};
        }
    },

    /** (sum / samples) · −rate + w, which takes longer. */
    DIVIDED {
        @Override
        boolean takes(Descent step) {
            return step.signs() == 0 && step.multiples() == 0 && !step.isDivisionExact();
        }

        @Override
        float[] factors(Descent step) {
            return new float[] {step.samples(), -step.rate()};
        }
    },

    /** (sum · samples⁻¹ + w · multiples) · −rate + w. */
    MULTIPLES {
        @Override
        boolean takes(Descent step) {
            return step.signs() == 0 && step.multiples() != 0 && step.isDivisionExact();
        }

        @Override
        float[] factors(Descent step) {
            return new float[] {1 / step.samples(), step.multiples(), -step.rate()};
        }
    },

    /** (clip(w · LARGE · LARGE) · (signs · samples) + sum) · samples⁻¹ · −rate + w. */
    SIGNS {
        @Override
        boolean takes(Descent step) {
            float term = step.signs() * step.samples();
            return step.multiples() == 0
                    && step.isDivisionExact()
                    && Math.abs(step.signs()) >= Float.MIN_NORMAL
                    && Float.isFinite(term);
        }

        @Override
        float[] factors(Descent step) {
            return new float[] {
                Descent.LARGE, Descent.LARGE, step.signs() * step.samples(), 1 / step.samples(), -step.rate()
            };
        }
    };

    /** Those that have their bits on this CPU: oneDNN may round two operations at once. */
    static Set<DescentForm> exact() {
        return Trial.EXACT;
    }

    /** Whether a step is of this form. */
    abstract boolean takes(Descent step);

    /** The factors of a step, in the order of the form's operations. */
    abstract float[] factors(Descent step);

    /** A step of each form, beside its definition: taken once. */
    private static final class Trial {

        private static final int LENGTH = 1003;
        private static final List<Descent> STEPS = List.of(
                new Descent(0.01f, 64, 0, 0),
                new Descent(0.01f, 37, 0, 0),
                new Descent(0.01f, 64, 0, 0.003f),
                new Descent(0.01f, 64, 0.003f, 0));

        static final Set<DescentForm> EXACT = Arrays.stream(values())
                .filter(form -> STEPS.stream().filter(form::takes).allMatch(step -> isExact(form, step)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DescentForm.class)));

        private static boolean isExact(DescentForm form, Descent step) {
            FloatBuffer weights = buffer();
            FloatBuffer sums = buffer();
            float[] expected = new float[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                weights.put(i, (float) Math.sin(i));
                sums.put(i, (float) Math.cos(3 * i));
                expected[i] = step.next(weights.get(i), sums.get(i));
            }
            try (Descending descending = new Descending(form, LENGTH)) {
                descending.run(weights, sums, step);
            }
            float[] found = new float[LENGTH];
            weights.get(0, found);
            return Arrays.equals(found, expected);
        }

        private static FloatBuffer buffer() {
            return ByteBuffer.allocateDirect(LENGTH * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    }
}

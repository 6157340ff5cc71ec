package org.lockstep.executor.step.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lockstep.executor.step.Near.assertNear;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.activations.Activation;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Tensor;
import org.lockstep.losses.Huber;
import org.lockstep.losses.Loss;
import org.lockstep.losses.SimpleLoss;
import org.lockstep.optimizers.Optimizer;

/** Losses besides the crossentropies: values against others' and against formulas, slopes against differences. */
class SimpleLossesTest {

    /** A power of two, so that little is lost by adding it. */
    private static final float STEP = 1f / 1024;

    private static double loss(Loss loss, float[][] y, float[][] p, float @Nullable [] gradient) {
        Objective objective = Objective.of(CompileConf.of(Optimizer.of("sgd"), loss), Activation.LINEAR);
        int[] shape = {y.length, y[0].length};
        return objective.loss(flat(p), shape, Tensor.of(shape, flat(y)), null, gradient) / y.length;
    }

    private static double loss(String name, float[][] y, float[][] p) {
        return loss(Loss.of(name), y, p, null);
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = rows[i / rows[0].length][i % rows[0].length];
        }
        return flat;
    }

    /** The examples in the documentation of Keras's functions. */
    @Test
    void losses_ofKerasExamples() {
        float[][] p = {{0.6f, 0.4f}, {0.4f, 0.6f}};
        assertNear("huber", loss("huber", new float[][] {{0, 1}, {0, 0}}, p), 0.155);
        assertThat(loss("log_cosh", new float[][] {{0, 1}, {0, 0}}, new float[][] {{1, 1}, {0, 0}}))
                .isEqualTo(0.108, within(5e-4));
        assertNear("orthogonal", loss("cosine_similarity", new float[][] {{0, 1}}, new float[][] {{1, 0}}), 0);
        assertNear("alike", loss("cosine_similarity", new float[][] {{1, 1}}, new float[][] {{1, 1}}), -1);
        assertNear("opposite", loss("cosine_similarity", new float[][] {{1, 1}}, new float[][] {{-1, -1}}), 1);
    }

    /** By the formulas, worked out by hand. */
    @Test
    void losses_ofFewNumbers() {
        float[][] y = {{1, 0}, {0, 1}};
        float[][] p = {{0.5f, 0.25f}, {2, 0.125f}};
        assertNear("mae", loss("mae", y, p), (0.5 + 0.25 + 2 + 0.875) / 4);
        assertNear("mape", loss("mape", y, p), 100 * (0.5 + 0.25e7 + 2e7 + 0.875) / 4);
        double[] logs = {Math.log(2) - Math.log(1.5), Math.log(1.25), Math.log(3), Math.log(2) - Math.log(1.125)};
        double squares = 0;
        for (double log : logs) {
            squares += log * log;
        }
        assertNear("msle", loss("msle", y, p), squares / 4);
        assertNear("poisson", loss("poisson", y, p), (0.5 - Math.log(0.5) + 0.25 + 2 + 0.125 - Math.log(0.125)) / 4);
        double zero = 1e-7;
        double divergence = -Math.log(0.5) + zero * Math.log(zero / 0.25) + zero * Math.log(zero) - Math.log(0.125);
        assertNear("kld", loss("kld", y, p), divergence / 2);
        assertNear("hinge", loss("hinge", y, p), (0.5 + 1.25 + 3 + 0.875) / 4);
        assertNear("signs", loss("hinge", new float[][] {{1, -1}, {-1, 1}}, p), (0.5 + 1.25 + 3 + 0.875) / 4);
        assertNear("squared_hinge", loss("squared_hinge", y, p), (0.25 + 1.25 * 1.25 + 9 + 0.875 * 0.875) / 4);
        assertNear("categorical_hinge", loss("categorical_hinge", y, p), (0.75 + 2.875) / 2);
        assertNear("far", loss(new Huber(0.5), y, p, null), (0.125 + 0.03125 + 0.875 + 0.3125) / 4);
    }

    static Stream<Loss> losses() {
        List<Loss> losses = new ArrayList<>(List.of(Huber.of(), new Huber(0.3)));
        for (SimpleLoss.Kind kind : SimpleLoss.Kind.values()) {
            losses.add(new SimpleLoss(kind));
        }
        return losses.stream();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void slopes_areDifferences(Loss loss) {
        Random random = new Random(3);
        float[][] y = new float[40][3];
        float[][] p = new float[40][3];
        for (int row = 0; row < y.length; row++) {
            for (int i = 0; i < 3; i++) {
                y[row][i] = row % 2 == 0 ? (i == row % 3 ? 1 : 0) : random.nextFloat() * 2 - 0.5f;
                p[row][i] = row % 3 == 0 ? 0.05f + 0.9f * random.nextFloat() : 0.1f + random.nextFloat();
            }
        }
        float[] gradient = new float[120];
        loss(loss, y, p, gradient);
        int compared = 0;
        for (int at = 0; at < gradient.length; at++) {
            float[] rowY = y[at / 3];
            float[] rowP = p[at / 3];
            double here = moved(loss, rowY, rowP, at % 3, 0);
            double above = (moved(loss, rowY, rowP, at % 3, STEP) - here) / STEP;
            double below = (here - moved(loss, rowY, rowP, at % 3, -STEP)) / STEP;
            double slope = (above + below) / 2;
            // Else there is a kink between them.
            if (Math.abs(above - below) < 0.05 * (0.1 + Math.abs(slope))) {
                assertThat((double) gradient[at]).isEqualTo(slope, within(2e-3 * (1 + Math.abs(slope))));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    /** The loss of a row in which one prediction is changed. */
    private static double moved(Loss loss, float[] y, float[] p, int place, float by) {
        float[] other = p.clone();
        other[place] += by;
        return loss(loss, new float[][] {y}, new float[][] {other}, null);
    }
}

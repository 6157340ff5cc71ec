package org.lockstep.executor.step.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.BinaryFocalCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.CategoricalFocalCrossentropy;
import org.lockstep.losses.Loss;
import org.lockstep.optimizers.Optimizer;

/** Focal crossentropies: the numbers of Keras's documentation, the crossentropies that they are without focus, differences. */
class FocalLossesTest {

    private static final float STEP = 1f / 1024;

    private static double loss(Loss loss, float[] y, float[] p, int classes, float @Nullable [] gradient) {
        Objective objective = Objective.of(CompileConf.of(Optimizer.of("sgd"), loss), Activation.LINEAR);
        int[] shape = {y.length / classes, classes};
        return objective.loss(p, shape, Tensor.of(shape, y), null, gradient) / shape[0];
    }

    private static BinaryFocalCrossentropy binary(boolean balancing, double gamma) {
        return new BinaryFocalCrossentropy(balancing, 0.25, gamma, true, 0, Loss.DEFAULT_REDUCTION);
    }

    @Test
    void binary_ofKerasExamples() {
        float[] y = {0, 1, 0, 0};
        float[] logits = {-18.6f, 0.51f, 2.94f, -12.8f};
        assertThat(loss(binary(false, 2), y, logits, 4, null)).isEqualTo(0.691, within(5e-4));
        assertThat(loss(binary(true, 2), y, logits, 4, null)).isEqualTo(0.51, within(5e-3));
        assertThat(loss(binary(false, 3), y, logits, 2, null)).isEqualTo(0.647, within(5e-4));
        assertThat(loss(binary(true, 3), y, logits, 2, null)).isEqualTo(0.482, within(5e-4));
        assertThat(2 * loss(binary(false, 4), y, logits, 2, null)).isEqualTo(1.222, within(5e-4));
        assertThat(2 * loss(binary(true, 4), y, logits, 2, null)).isEqualTo(0.914, within(5e-4));
    }

    @Test
    void categorical_ofKerasExamples() {
        float[] y = {0, 1, 0, 0, 0, 1};
        float[] p = {0.05f, 0.95f, 0, 0.1f, 0.8f, 0.1f};
        Loss loss = CategoricalFocalCrossentropy.of();
        assertThat(loss(loss, y, p, 3, null)).isEqualTo(0.23315276, within(1e-6));
        float[] first = {0, 1, 0};
        assertThat(loss(loss, first, new float[] {0.05f, 0.95f, 0}, 3, null)).isEqualTo(3.2058331e-05, within(1e-10));
    }

    @Test
    void withoutFocus_areTheCrossentropies() {
        Random random = new Random(3);
        float[] y = new float[12];
        float[] p = new float[12];
        for (int i = 0; i < y.length; i++) {
            y[i] = i % 4 == 0 ? 1 : 0;
            p[i] = 0.05f + 0.9f * random.nextFloat();
        }
        Loss plain = new BinaryFocalCrossentropy(false, 0.25, 0, false, 0.2, Loss.DEFAULT_REDUCTION);
        assertSame(plain, new BinaryCrossentropy(false, 0.2), y, p);
        Loss classes = new CategoricalFocalCrossentropy(List.of(1.0), 0, false, 0.2, Loss.DEFAULT_REDUCTION);
        assertSame(classes, new CategoricalCrossentropy(false, 0.2), y, p);
        Loss logits = new CategoricalFocalCrossentropy(List.of(1.0), 0, true, 0.2, Loss.DEFAULT_REDUCTION);
        assertSame(logits, new CategoricalCrossentropy(true, 0.2), y, p);
    }

    private static void assertSame(Loss focal, Loss plain, float[] y, float[] p) {
        float[] slopes = new float[y.length];
        float[] wanted = new float[y.length];
        assertThat(loss(focal, y, p, 3, slopes)).isEqualTo(loss(plain, y, p, 3, wanted), within(1e-12));
        assertThat(slopes).containsExactly(wanted, within(1e-6f));
    }

    static Stream<Loss> losses() {
        return Stream.of(
                BinaryFocalCrossentropy.of(),
                new BinaryFocalCrossentropy(true, 0.3, 2.5, false, 0.1, Loss.DEFAULT_REDUCTION),
                binary(true, 1),
                CategoricalFocalCrossentropy.of(),
                new CategoricalFocalCrossentropy(List.of(0.2, 0.3, 0.5), 2.5, false, 0.1, Loss.DEFAULT_REDUCTION),
                new CategoricalFocalCrossentropy(List.of(0.2, 0.3, 0.5), 1, true, 0, Loss.DEFAULT_REDUCTION));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void slopes_areDifferences(Loss loss) {
        Random random = new Random(3);
        float[] y = new float[60];
        float[] p = new float[60];
        for (int i = 0; i < y.length; i++) {
            y[i] = i / 3 % 3 == i % 3 ? 1 : 0;
            p[i] = 0.1f + 0.8f * random.nextFloat();
        }
        float[] gradient = new float[60];
        loss(loss, y, p, 3, gradient);
        for (int at = 0; at < gradient.length; at++) {
            double slope = (moved(loss, y, p, at, STEP) - moved(loss, y, p, at, -STEP)) / (2 * STEP);
            assertThat((double) gradient[at]).as("%d", at).isEqualTo(slope, within(1e-3 * (1 + Math.abs(slope))));
        }
    }

    /** The sum of the rows' losses, where one number is changed. */
    private static double moved(Loss loss, float[] y, float[] p, int place, float by) {
        float[] other = p.clone();
        other[place] += by;
        return loss(loss, y, other, 3, null) * y.length / 3;
    }

    @Test
    void alphaOfOtherLength_isRefused() {
        Loss loss = new CategoricalFocalCrossentropy(List.of(0.2, 0.3), 2, false, 0, Loss.DEFAULT_REDUCTION);
        assertThatThrownBy(() -> loss(loss, new float[] {1, 0, 0}, new float[] {0.2f, 0.3f, 0.5f}, 3, null))
                .hasMessage(
                        "Invalid `alpha`: must be one number, or one for each of 3 classes. Received: alpha=[0.2, 0.3]");
    }
}

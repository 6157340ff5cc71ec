package org.lockstep.executor.step.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lockstep.executor.step.Near.assertNear;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lockstep.activations.Activation;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Tensor;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.Loss;
import org.lockstep.losses.MeanSquaredError;
import org.lockstep.losses.SparseCategoricalCrossentropy;
import org.lockstep.optimizers.Optimizer;

/** What reference cases do not show: the choice of form, weights, many positions, metrics, clipping, and errors. */
class ObjectiveTest {

    private static Objective of(Loss loss, String activation, String... metrics) {
        return Objective.of(CompileConf.of(Optimizer.of("sgd"), loss, metrics), Activation.of(activation));
    }

    private static Tensor tensor(int[] shape, float... values) {
        return Tensor.of(shape, values);
    }

    private static int[] shape(int... dimensions) {
        return dimensions;
    }

    @Test
    void logitsAreTaken_whereTheActivationBelongsToTheLoss() {
        assertThat(of(CategoricalCrossentropy.of(), "softmax").takesLogits()).isTrue();
        assertThat(of(SparseCategoricalCrossentropy.of(), "softmax").takesLogits())
                .isTrue();
        assertThat(of(BinaryCrossentropy.of(), "sigmoid").takesLogits()).isTrue();
        assertThat(of(CategoricalCrossentropy.of(), "sigmoid").takesLogits()).isFalse();
        assertThat(of(BinaryCrossentropy.of(), "softmax").takesLogits()).isFalse();
        assertThat(of(new CategoricalCrossentropy(true, 0), "softmax").takesLogits())
                .isFalse();
        assertThat(of(MeanSquaredError.of(), "softmax").takesLogits()).isFalse();
        Activation channels = Activation.of("softmax").with("axis", 1);
        CompileConf conf = CompileConf.of(Optimizer.of("sgd"), CategoricalCrossentropy.of());
        assertThat(Objective.of(conf, channels).takesLogits()).isFalse();
    }

    @Test
    void positions_countTogetherAsOneSample() {
        Objective objective = of(MeanSquaredError.of(), "linear");
        float[] gradient = new float[4];
        double sum = objective.loss(new float[] {1, 2, 3, 4}, shape(1, 2, 2), Tensor.zeros(1, 2, 2), null, gradient);
        assertNear("loss", sum, (1 + 4 + 9 + 16) / 4.0);
        assertNear("gradient", gradient, new float[] {0.5f, 1, 1.5f, 2});
    }

    @Test
    void weights_multiplySamplesOrPositions() {
        Objective objective = of(MeanSquaredError.of(), "linear");
        float[] scores = {1, 2, 3, 4};
        Tensor targets = Tensor.zeros(2, 2, 1);
        Tensor samples = tensor(shape(2), 1, 10);
        Tensor positions = tensor(shape(2, 2), 1, 0, 10, 0);
        assertNear("samples", objective.loss(scores, shape(2, 2, 1), targets, samples, null), 2.5 + 125);
        assertNear("positions", objective.loss(scores, shape(2, 2, 1), targets, positions, null), 0.5 + 45);
        assertThatThrownBy(() -> objective.loss(scores, shape(2, 2, 1), targets, Tensor.zeros(3), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid `sample_weight`: must have one weight for each of 2 samples. Received: shape [3]");
    }

    @Test
    void gradients_areDifferencesOfLosses() {
        List<Objective> objectives = List.of(
                of(CategoricalCrossentropy.of(), "softmax"),
                of(new CategoricalCrossentropy(false, 0.1), "linear"),
                of(new BinaryCrossentropy(false, 0.1), "linear"),
                of(BinaryCrossentropy.of(), "sigmoid"));
        float[] scores = {0.2f, 0.5f, 0.4f, 0.6f, 0.1f, 0.2f};
        Tensor targets = tensor(shape(2, 3), 0, 1, 0, 0.5f, 0.25f, 0.5f);
        Tensor weights = tensor(shape(2), 1, 3);
        for (Objective objective : objectives) {
            float[] gradient = new float[6];
            objective.loss(scores, shape(2, 3), targets, weights, gradient);
            for (int i = 0; i < 6; i++) {
                float[] up = scores.clone();
                float[] down = scores.clone();
                up[i] += 1e-3f;
                down[i] -= 1e-3f;
                double difference = objective.loss(up, shape(2, 3), targets, weights, null)
                        - objective.loss(down, shape(2, 3), targets, weights, null);
                assertThat((double) gradient[i]).isCloseTo(difference / (up[i] - down[i]), Offset.offset(2e-3));
            }
        }
    }

    @Test
    void certainAndWrongProbabilities_costTheClip_andPassNoGradient() {
        Objective objective = of(CategoricalCrossentropy.of(), "linear");
        float[] gradient = new float[2];
        double loss = objective.loss(new float[] {0, 1}, shape(1, 2), tensor(shape(1, 2), 1, 0), null, gradient);
        assertNear("loss", loss, -Math.log(1e-7));
        assertThat(gradient).containsOnly(0);
    }

    @Test
    void accuracies_countHits() {
        Objective classes = of(CategoricalCrossentropy.of(), "softmax", "accuracy", "sparse_categorical_accuracy");
        float[] predictions = {0.1f, 0.9f, 0.5f, 0.5f, 0.8f, 0.2f};
        assertThatThrownBy(() -> classes.metrics(
                        predictions, predictions, shape(3, 2), tensor(shape(3, 2), 0, 1, 1, 0, 0, 1), null))
                .hasMessageContaining("target.shape=[3, 2], output.shape=[3, 2]");
        assertThat(of(MeanSquaredError.of(), "linear", "accuracy")
                        .metrics(predictions, predictions, shape(3, 2), tensor(shape(3, 2), 0, 1, 1, 0, 0, 1), null))
                .containsExactly(2, 3);
        assertThat(classes.metrics(predictions, predictions, shape(3, 2), tensor(shape(3), 1, 0, 1), null))
                .containsExactly(2, 3, 2, 3);
        assertThat(of(BinaryCrossentropy.of(), "sigmoid", "binary_accuracy")
                        .metrics(predictions, predictions, shape(3, 2), tensor(shape(3, 2), 0, 1, 0, 0, 0, 1), null))
                .containsExactly(1 + 1 + 0, 3);
        assertThat(classes.metrics(new float[0], new float[0], shape(0, 2), Tensor.zeros(0), null))
                .containsExactly(0, 0, 0, 0);
    }

    /** Of equal predictions all are among the largest, or none. */
    @Test
    void topK_countsClassesThatFewerThanKExceed() {
        float[] predictions = {0.1f, 0.4f, 0.3f, 0.2f, 0.5f, 0.2f, 0.2f, 0.1f, 0, 1, Float.NaN, 0.5f};
        assertThat(new TopHits(false, 1).row(predictions, 0, 4, new float[] {1}, 0))
                .isEqualTo(1);
        assertThat(new TopHits(false, 1).row(predictions, 0, 4, new float[] {2}, 0))
                .isZero();
        assertThat(new TopHits(false, 2).row(predictions, 0, 4, new float[] {2}, 0))
                .isEqualTo(1);
        assertThat(new TopHits(false, 2).row(predictions, 4, 4, new float[] {1}, 0))
                .isEqualTo(1);
        assertThat(new TopHits(false, 2).row(predictions, 4, 4, new float[] {2}, 0))
                .isEqualTo(1);
        assertThat(new TopHits(false, 9).row(predictions, 4, 4, new float[] {3}, 0))
                .isEqualTo(1);
        assertThat(new TopHits(false, 9).row(predictions, 4, 4, new float[] {4}, 0))
                .isZero();
        assertThat(new TopHits(false, 9).row(predictions, 8, 4, new float[] {2}, 0))
                .isZero();
        assertThat(new TopHits(true, 1).row(predictions, 8, 4, new float[] {0, 1, 0, 0}, 0))
                .isEqualTo(1);
        assertThat(of(SparseCategoricalCrossentropy.of(), "softmax", "sparse_top_k_categorical_accuracy")
                        .metrics(predictions, predictions, shape(2, 6), tensor(shape(2), 0, 3), null))
                .containsExactly(1, 2);
    }

    @Test
    void wrongTargets_areRefused() {
        Objective classes = of(SparseCategoricalCrossentropy.of(), "softmax");
        assertThatThrownBy(() -> classes.loss(new float[2], shape(1, 2), tensor(shape(1), 2), null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Received a label value of 2.0 which is outside the valid range of [0, 2).");
        assertThatThrownBy(() -> classes.loss(new float[2], shape(1, 2), Tensor.zeros(1, 2), null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Arguments `target` and `output` must have the same shape (class numbers: without the "
                        + "last axis). Received: target.shape=[1, 2], output.shape=[1, 2]");
    }
}

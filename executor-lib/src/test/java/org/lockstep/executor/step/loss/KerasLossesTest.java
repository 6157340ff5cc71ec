package org.lockstep.executor.step.loss;

import static org.lockstep.executor.step.Near.assertNear;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.activations.Activation;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.KerasCases;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.Loss;
import org.lockstep.losses.MeanSquaredError;
import org.lockstep.losses.SparseCategoricalCrossentropy;
import org.lockstep.optimizers.Optimizer;

/** Losses against reference values. */
class KerasLossesTest {

    static List<KerasCases.Case> losses() {
        return KerasCases.of("loss");
    }

    @ParameterizedTest
    @MethodSource("losses")
    void loss_likeKeras(KerasCases.Case reference) {
        Objective objective = Objective.of(CompileConf.of(Optimizer.of("sgd"), loss(reference)), Activation.LINEAR);
        Tensor scores = reference.input("y_pred");
        Tensor weights = reference.inputs().has("sample_weight") ? reference.input("sample_weight") : null;
        float[] gradient = new float[scores.size()];
        double sum = objective.loss(scores.values(), scores.shape(), reference.input("y_true"), weights, gradient);
        double divisor = reference.text("reduction").equals("sum") ? 1 : scores.dimension(0);
        assertNear("loss", sum / divisor, reference.expected().get("loss").asDouble());
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) (gradient[i] / divisor);
        }
        assertNear("gradient", gradient, reference.expected("dy_pred").values());
    }

    private static Loss loss(KerasCases.Case reference) {
        boolean logits = reference.flag("from_logits");
        double smoothing = reference.number("label_smoothing");
        return switch (reference.text("loss")) {
            case "categorical_crossentropy" -> new CategoricalCrossentropy(logits, smoothing);
            case "sparse_categorical_crossentropy" -> new SparseCategoricalCrossentropy(logits);
            case "binary_crossentropy" -> new BinaryCrossentropy(logits, smoothing);
            default -> new MeanSquaredError();
        };
    }
}

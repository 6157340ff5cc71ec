package org.lockstep.executor.step.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lockstep.executor.step.Near.assertNear;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.activations.Activation;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.loss.Objective;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** The losses that the engines share against DL4J's, away from saturation, where DL4J's clip elsewhere. */
class ObjectiveLikeDl4jTest {

    private static final int SAMPLES = 6;
    private static final int CLASSES = 4;

    /** DL4J adds up binary crossentropies along the last axis; Keras averages them. */
    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of("categorical_crossentropy", "softmax", new LossMCXENT(), new ActivationSoftmax(), 1),
                Arguments.of(
                        "sparse_categorical_crossentropy",
                        "softmax",
                        new LossSparseMCXENT(),
                        new ActivationSoftmax(),
                        1),
                Arguments.of("binary_crossentropy", "sigmoid", new LossBinaryXENT(), new ActivationSigmoid(), CLASSES),
                Arguments.of("mean_squared_error", "linear", new LossMSE(), new ActivationIdentity(), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void loss_likeDl4j(String name, String last, ILossFunction loss, IActivation activation, int divisor) {
        Random random = new Random(2);
        float[] scores = new float[SAMPLES * CLASSES];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextGaussian();
        }
        Tensor targets = targets(name);
        Objective objective = Objective.of(CompileConf.of("sgd", name), Activation.of(last));
        float[] gradient = new float[scores.length];

        int[] shape = {SAMPLES, CLASSES};
        double sum = objective.loss(scores, shape, targets, null, gradient);

        INDArray labels = Tensors.array(targets);
        INDArray outputs = Tensors.array(Tensor.of(shape, scores));
        double expected = loss.computeScore(labels, outputs.dup(), activation, null, false) / divisor;
        assertThat(sum).isCloseTo(expected, within(1e-5 * expected));
        INDArray slopes =
                loss.computeGradient(labels, outputs.dup(), activation, null).divi(divisor);
        assertNear("gradient", gradient, Tensors.tensor(slopes).values());
    }

    private static Tensor targets(String name) {
        int[] wanted = {0, 3, 1, 2, 3, 3};
        if (name.startsWith("sparse")) {
            float[] numbers = new float[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                numbers[i] = wanted[i];
            }
            return Tensor.of(new int[] {SAMPLES, 1}, numbers);
        }
        Tensor targets = Tensor.zeros(SAMPLES, CLASSES);
        for (int i = 0; i < SAMPLES; i++) {
            targets.values()[i * CLASSES + wanted[i]] = 1;
        }
        return targets;
    }
}

package org.lockstep.driver.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/**
 * Losses of given predictions. The predictions of one sample are the kernel of a dense layer that reads unit vectors, so
 * the kernel's gradient is the loss's gradient with respect to them.
 */
final class LossCases {

    private LossCases() {}

    static void run(Case given, Check check) {
        String name = given.config().text("loss");
        Loss loss = KerasArguments.loss(Named.of(name, given.config().without("loss")));
        Numbers y = given.inputs().numbers("y_true");
        Numbers predictions = given.inputs().numbers("y_pred");
        Tensor weights = given.inputs().has("sample_weight")
                ? given.inputs().numbers("sample_weight").toTensor()
                : null;
        int samples = predictions.rows();
        int width = predictions.values().length / samples;
        double[] perSample = new double[samples];
        double[] gradient = new double[predictions.values().length];
        double sum = 0;
        try (OneNetwork network = network(loss, predictions)) {
            Tensor units = units(predictions);
            for (int i = 0; i < samples; i++) {
                Tensor label = y.toTensor().rows(i, i + 1);
                network.weights().put(0, predictions.toTensor().values(), i * width, width);
                perSample[i] = network.evaluate(new Batch(units, label)).loss();
                Tensor weight = weights == null ? null : weights.rows(i, i + 1);
                BatchSums sums = network.train(new Batch(units, label, weight));
                sum += sums.loss();
                for (int j = 0; j < width; j++) {
                    gradient[i * width + j] = network.gradient().get(j) / samples;
                }
            }
        }
        check.numbers("per_sample", new Numbers(new int[] {samples}, perSample));
        check.number("loss", sum / samples);
        check.numbers("dy_pred", new Numbers(predictions.shape(), gradient));
        effectiveWeights(weights, check);
    }

    private static void effectiveWeights(@Nullable Tensor weights, Check check) {
        if (weights != null) {
            check.tensor("effective_weights", weights);
        }
    }

    private static OneNetwork network(Loss loss, Numbers predictions) {
        int[] input = predictions.sample();
        int classes = input[input.length - 1];
        input[input.length - 1] = positions(predictions);
        Sequential model = Sequential.of(Input.of(input), Dense.of(classes).useBias(false));
        return OneNetwork.of(model, new CompileConf(SGD.of(), loss, List.of()));
    }

    /** Predictions of a sample but for the last axis. */
    private static int positions(Numbers predictions) {
        int[] sample = predictions.sample();
        int positions = 1;
        for (int axis = 0; axis < sample.length - 1; axis++) {
            positions *= sample[axis];
        }
        return positions;
    }

    /** One sample whose position p is the p-th unit vector. */
    private static Tensor units(Numbers predictions) {
        int positions = positions(predictions);
        float[] units = new float[positions * positions];
        for (int p = 0; p < positions; p++) {
            units[p * positions + p] = 1;
        }
        int[] shape = predictions.shape().clone();
        shape[0] = 1;
        shape[shape.length - 1] = positions;
        return Tensor.of(shape, units);
    }
}

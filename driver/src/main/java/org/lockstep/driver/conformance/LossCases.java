package org.lockstep.driver.conformance;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.worker.ClassWeighting;
import org.lockstep.executor.worker.ClassWeights;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.losses.Reduction;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/**
 * Losses of given predictions. The predictions of one sample are the kernel of a dense layer that reads unit vectors, so
 * the kernel's gradient is the loss's gradient with respect to them. Samples are added up as shards are.
 */
final class LossCases {

    private LossCases() {}

    static void run(Case given, Check check) {
        String name = given.config().text("loss");
        Loss loss = KerasArguments.loss(Named.of(name, given.config().without("loss")));
        Tensor y = given.inputs().numbers("y_true").toTensor();
        Numbers predictions = given.inputs().numbers("y_pred");
        Tensor weights = weights(given.inputs(), predictions.toTensor(), y);
        int samples = predictions.rows();
        int positions = positions(predictions);
        double[] values = new double[samples * positions];
        double[] weighted = new double[values.length];
        double[] gradient = new double[predictions.values().length];
        int width = gradient.length / samples;
        Tensor units = units(predictions);
        BatchSums all = BatchSums.none(0);
        try (OneNetwork sums = network(loss.reduction(Reduction.SUM), predictions);
                OneNetwork network = network(loss, predictions)) {
            for (int i = 0; i < samples; i++) {
                Tensor label = y.rows(i, i + 1);
                float[] kernel = Arrays.copyOfRange(predictions.toTensor().values(), i * width, (i + 1) * width);
                sums.weights().put(0, kernel);
                network.weights().put(0, kernel);
                for (int p = 0; p < positions; p++) {
                    int at = i * positions + p;
                    values[at] = sums.evaluate(new Batch(units, label, only(p, predictions)))
                            .loss();
                    weighted[at] =
                            values[at] * (weights == null ? 1 : weights.values()[at * weights.size() / values.length]);
                }
                all = all.plus(network.train(new Batch(units, label, weights == null ? null : weights.rows(i, i + 1))));
                for (int j = 0; j < width; j++) {
                    gradient[i * width + j] = network.gradient().get(j);
                }
            }
        }
        double divisor = all.divisor();
        int[] shape = Arrays.copyOf(predictions.shape(), predictions.shape().length - 1);
        check.numbers("per_sample", new Numbers(shape, values));
        if (loss.reduction() == Reduction.NONE && given.expected().value("loss") instanceof Map<?, ?>) {
            check.numbers("loss", new Numbers(shape, weighted));
        } else {
            check.number("loss", all.reducedLoss());
        }
        double[] slopes =
                Arrays.stream(gradient).map(g -> divisor == 0 ? 0 : g / divisor).toArray();
        check.numbers("dy_pred", new Numbers(predictions.shape(), slopes));
        if (weights != null) {
            check.tensor("effective_weights", weights);
        }
    }

    /** Those of the samples, times those of their classes; null where there are none. */
    private static @Nullable Tensor weights(Fields inputs, Tensor predictions, Tensor y) {
        Tensor own =
                inputs.given("sample_weight") ? inputs.numbers("sample_weight").toTensor() : null;
        if (!inputs.given("class_weight")) {
            return own;
        }
        Map<Integer, Double> byClass = new HashMap<>();
        Fields classes = Fields.of("class_weight", inputs.value("class_weight"));
        classes.names().forEach(number -> byClass.put(Integer.valueOf(number), classes.number(number)));
        ClassWeights weights = new ClassWeights(new ClassWeighting(byClass, true));
        return weights.apply(new Batch(predictions, y, own)).sampleWeight();
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
        return Arrays.stream(sample, 0, sample.length - 1).reduce(1, (a, b) -> a * b);
    }

    /** The weights of one sample of which only a position counts. */
    private static Tensor only(int position, Numbers predictions) {
        int[] shape = Arrays.copyOf(predictions.shape(), predictions.shape().length - 1);
        shape[0] = 1;
        Tensor weights = Tensor.zeros(shape);
        weights.values()[position] = 1;
        return weights;
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

package org.lockstep.driver.conformance;

import java.util.List;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.keras.Names;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.metrics.Accuracy;
import org.lockstep.metrics.Metric;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/** Metrics of given predictions, which pass through a linear layer. */
final class MetricCases {

    private MetricCases() {}

    static void run(Case given, Check check) {
        String name = given.config().text("metric");
        boolean isWeighted = given.config().flag("weighted", given.inputs().given("sample_weight"));
        Metric metric = KerasArguments.metric(Named.of(name, given.config().without("metric", "weighted")));
        Tensor y = columns(given.inputs().numbers("y_true")).toTensor();
        Numbers predictions = columns(given.inputs().numbers("y_pred"));
        Tensor x = predictions.toTensor();
        Sequential model = Sequential.of(Input.of(predictions.sample()), ActivationLayer.of("linear"));
        CompileConf compile = new CompileConf(
                SGD.of(),
                anyLoss(y, x),
                isWeighted ? List.of() : List.of(metric),
                isWeighted ? List.of(metric) : List.of());
        Tensor weights = given.inputs().given("sample_weight")
                ? given.inputs().numbers("sample_weight").toTensor()
                : null;
        double[] perSample = new double[predictions.rows()];
        try (OneNetwork network = OneNetwork.of(model, compile)) {
            for (int i = 0; i < perSample.length; i++) {
                perSample[i] = metric.result(
                        network.evaluate(new Batch(x.rows(i, i + 1), y.rows(i, i + 1)))
                                .metrics(),
                        0);
            }
            check.number(
                    "result",
                    metric.result(network.evaluate(new Batch(x, y, weights)).metrics(), 0));
        }
        check.numbers("per_sample", new Numbers(new int[] {perSample.length}, perSample));
    }

    /** Plain lists are columns. */
    private static Numbers columns(Numbers numbers) {
        return numbers.shape().length == 1 ? new Numbers(new int[] {numbers.rows(), 1}, numbers.values()) : numbers;
    }

    /** A loss that takes labels of this shape. */
    private static Loss anyLoss(Tensor y, Tensor predictions) {
        boolean classNumbers = y.rank() < predictions.rank() || y.dimension(-1) < predictions.dimension(-1);
        return Loss.of(classNumbers ? "sparse_categorical_crossentropy" : "mse");
    }

    static void resolution(Case given, Check check) {
        Accuracy accuracy = (Accuracy) Metric.of("accuracy");
        Accuracy.Kind kind = accuracy.resolve(
                given.inputs().dimensions("y_true_shape"), given.inputs().dimensions("y_pred_shape"));
        check.value("metric", Names.snakeCase(new Accuracy(kind, "accuracy").className()));
    }
}

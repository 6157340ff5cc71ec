package org.lockstep.driver.conformance;

import java.util.List;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.SGD;

/** A convolution's penalties, seen through a loss that is 0 because the labels are the output. */
final class LayerLossCases {

    private LayerLossCases() {}

    static void run(Case given, Check check) {
        Conv2D layer = (Conv2D) KerasArguments.layer("Conv2D", given.config().without());
        Numbers x = given.inputs().numbers("x");
        Sequential model = Sequential.of(Input.of(x.sample()), layer);
        OneUpdate update = OneUpdate.showingGradient(model, SGD.of());
        double activity;
        try (OneNetwork network =
                OneNetwork.of(model, CompileConf.of("sgd", "mse")).weights(given.inputs())) {
            Numbers y = network.predict(x);
            activity = network.train(x.toTensor(), y.toTensor()).loss() / x.rows();
            update.weights(network.weights());
            double kernel = penalty(x, layer.biasRegularizer((String) null), network);
            double bias = penalty(x, layer.kernelRegularizer((String) null), network);
            check.number("kernel_penalty", kernel);
            check.number("bias_penalty", bias);
            check.number("activity_penalty_divided_by_batch", activity);
            check.number("total_divided", update.penalty() + activity);
            update.apply(network.gradient(), x.rows());
        }
        List<WeightLayout.Slot> slots = model.layout().slots();
        check.numbers("dkernel_divided", Numbers.of(slots.get(0), update.shownGradient()));
        check.numbers("dbias_divided", Numbers.of(slots.get(1), update.shownGradient()));
    }

    private static double penalty(Numbers x, Conv2D layer, OneNetwork network) {
        Sequential model = Sequential.of(Input.of(x.sample()), layer);
        return new OneUpdate(model, SGD.of()).weights(network.weights()).penalty();
    }
}

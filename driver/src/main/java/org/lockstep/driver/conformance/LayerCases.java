package org.lockstep.driver.conformance;

import java.nio.FloatBuffer;
import java.util.List;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.executor.step.Network;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Variable;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.SGD;

/** One layer: its output and, for loss = Σ y · R, the gradients of its input and its variables. */
final class LayerCases implements Runner {

    private final String className;

    LayerCases(String className) {
        this.className = className;
    }

    @Override
    public void run(Case given, Check check) {
        boolean training = given.config().flag("training", given.inputs().has("R"));
        Layer layer = KerasArguments.layer(className, given.config().without("training"));
        run(layer, training, given, check);
    }

    static void run(Layer layer, boolean training, Case given, Check check) {
        Numbers x = given.inputs().numbers("x");
        try (OneNetwork network = OneNetwork.of(layer, x).weights(given.inputs())) {
            if (training) {
                train(network, layer, x, given.inputs().numbers("R"), check);
            } else {
                check.numbers("y", network.predict(x));
                List<WeightLayout.Slot> variables = network.variables();
                moving(variables, network.weights(), check);
            }
        }
    }

    private static void train(OneNetwork network, Layer layer, Numbers x, Numbers upstream, Check check) {
        Network.Pullback pullback = network.pullback(x, upstream, 0);
        check.tensor("y", pullback.output());
        check.number("loss", Numbers.of(pullback.output()).dot(upstream));
        check.tensor("dx", pullback.inputGradient());
        for (WeightLayout.Slot slot : network.variables()) {
            if (slot.variable().role() == Variable.Role.TRAINABLE) {
                check.numbers("d" + slot.variable().name(), Numbers.of(slot, network.gradient()));
            }
        }
        Sequential model = Sequential.of(Input.of(x.sample()), layer);
        OneUpdate update = new OneUpdate(model, SGD.of()).weights(network.weights());
        update.apply(network.gradient(), x.rows());
        moving(network.variables(), update.state().weights(), check);
    }

    private static void moving(List<WeightLayout.Slot> variables, FloatBuffer weights, Check check) {
        for (WeightLayout.Slot slot : variables) {
            if (slot.variable().role() == Variable.Role.MOVING) {
                check.numbers(slot.variable().name(), Numbers.of(slot, weights));
            }
        }
    }
}

package org.lockstep.executor.step.loss;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.activations.Activation;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Convolving;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Layer;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** The activation that a model's output comes out of. */
public final class LastActivation {

    private LastActivation() {}

    /** Linear also where an activity penalty reads the activation's output, whose gradient then must be complete. */
    public static Activation of(Model model) {
        Layer last = last(model);
        return last.activityRegularizer() == null ? last.activation() : Activation.LINEAR;
    }

    /** The model whose output goes into it. */
    public static Sequential without(Sequential model) {
        Layer last = last(model);
        List<Layer> layers = new ArrayList<>(model.layers());
        layers.set(layers.size() - 1, linear(last));
        return new Sequential(model.name(), model.input(), layers);
    }

    private static Layer linear(Layer last) {
        if (last instanceof Dense dense) {
            return dense.activation(Activation.LINEAR);
        } else if (last instanceof Convolving<?> conv) {
            return conv.activation(Activation.LINEAR);
        }
        return new ActivationLayer(last.conf(), Activation.LINEAR);
    }

    private static Layer last(Model model) {
        List<LayerCall> calls = model.calls();
        return model.layers().get(calls.get(calls.size() - 1).layer());
    }
}

package org.lockstep.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a model's summary says under "Connected to". */
final class Connections {

    private Connections() {}

    /** Whether the model is more than a stack of layers. */
    static boolean areNeeded(Model model) {
        Set<Integer> called = new HashSet<>();
        for (int i = 0; i < model.calls().size(); i++) {
            LayerCall call = model.calls().get(i);
            if (!call.inputs().equals(List.of(i)) || !called.add(call.layer())) {
                return true;
            }
        }
        return false;
    }

    /** The tensors that a layer's calls read, as {@code layer[call][tensor]}; {@code -} where there are none. */
    static String of(Model model, int layer) {
        List<String> read = new ArrayList<>();
        for (LayerCall call : model.calls()) {
            if (call.layer() == layer) {
                call.inputs().forEach(tensor -> read.add(name(model, tensor)));
            }
        }
        return read.isEmpty() ? "-" : String.join(", ", read);
    }

    private static String name(Model model, int tensor) {
        Origin origin = Origin.of(model, tensor);
        return "%s[%d][0]".formatted(model.layers().get(origin.layer()).name(), origin.call());
    }
}

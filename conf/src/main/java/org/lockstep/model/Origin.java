package org.lockstep.model;

/**
 * Where a tensor of a functional model comes from, in Keras's terms.
 *
 * @param layer the index of the layer that yields it
 * @param call which of that layer's calls, counted from 0
 */
public record Origin(int layer, int call) {

    /** The origin of a tensor by its number. */
    public static Origin of(Model model, int tensor) {
        if (tensor == 0) {
            return new Origin(0, 0);
        }
        int layer = model.calls().get(tensor - 1).layer();
        int call = (int) model.calls().subList(0, tensor - 1).stream()
                .filter(before -> before.layer() == layer)
                .count();
        return new Origin(layer, call);
    }
}

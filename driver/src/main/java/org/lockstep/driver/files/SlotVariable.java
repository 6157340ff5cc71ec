package org.lockstep.driver.files;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.layers.Variable;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.AdamW;
import org.lockstep.optimizers.Optimizer;

/**
 * One of the optimizer's variables: what it keeps in one of its slots for one trainable variable of the model.
 *
 * @param slot the slot's name: {@code momentum}
 */
record SlotVariable(String slot, WeightLayout.Slot of) {

    /**
     * All of them in Keras's order, in which they follow iteration and learning rate: slot by slot, except that Adam's
     * momentum and velocity alternate.
     */
    static List<SlotVariable> inOrder(Optimizer optimizer, WeightLayout layout) {
        List<SlotVariable> variables = new ArrayList<>();
        for (List<String> together : groups(optimizer)) {
            for (WeightLayout.Slot trainable : layout.slots(Variable.Role.TRAINABLE)) {
                together.forEach(slot -> variables.add(new SlotVariable(slot, trainable)));
            }
        }
        return List.copyOf(variables);
    }

    private static List<List<String>> groups(Optimizer optimizer) {
        List<String> slots = optimizer.slots();
        if (optimizer instanceof Adam || optimizer instanceof AdamW) {
            return slots.size() == 2 ? List.of(slots) : List.of(slots.subList(0, 2), slots.subList(2, slots.size()));
        }
        return slots.stream().map(List::of).toList();
    }

    /** For messages: {@code momentum of conv2d/kernel}. */
    @Override
    public String toString() {
        return slot + " of " + of.path();
    }
}

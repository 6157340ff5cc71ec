package org.lockstep.driver.files;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.layers.Variable;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Optimizer;

/**
 * One of the optimizer's variables: what it keeps in one of its slots for one trainable variable of the model.
 *
 * @param slot the slot's name: {@code momentum}
 */
record SlotVariable(String slot, WeightLayout.Slot of) {

    /** All of them in Keras's order. */
    static List<SlotVariable> inOrder(Optimizer optimizer, WeightLayout layout) {
        List<SlotVariable> variables = new ArrayList<>();
        for (List<String> together : optimizer.slotGroups()) {
            for (WeightLayout.Slot trainable : layout.slots(Variable.Role.TRAINABLE)) {
                together.forEach(slot -> variables.add(new SlotVariable(slot, trainable)));
            }
        }
        return List.copyOf(variables);
    }

    /** For messages: {@code momentum of conv2d/kernel}. */
    @Override
    public String toString() {
        return slot + " of " + of.path();
    }
}

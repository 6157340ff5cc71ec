package org.lockstep.driver.files;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;

/**
 * An optimizer's variables in the order of Keras's files, each by its number there.
 *
 * <pre>
 * 0            iteration
 * 1            learning rate, unless a schedule gives it
 * 1 or 2, …    slots
 * last         Nadam's product of momenta
 * </pre>
 */
record OptimizerVariables(
        boolean hasRate, List<SlotVariable> slots, @Nullable Nadam nadam) {

    static OptimizerVariables of(Optimizer optimizer, WeightLayout layout) {
        return new OptimizerVariables(
                optimizer.schedule() == null,
                SlotVariable.inOrder(optimizer, layout),
                optimizer instanceof Nadam nadam ? nadam : null);
    }

    /** The number of the first slot, and how many variables an optimizer has before it sees the model's. */
    int firstSlot() {
        return hasRate ? 2 : 1;
    }

    /** The number of the product of momenta, where there is one. */
    int product() {
        return firstSlot() + slots.size();
    }

    int count() {
        return product() + (nadam == null ? 0 : 1);
    }
}

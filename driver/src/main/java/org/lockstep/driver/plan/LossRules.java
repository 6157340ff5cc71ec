package org.lockstep.driver.plan;

import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Variable;
import org.lockstep.losses.Loss;
import org.lockstep.losses.Reduction;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;

/** Which reductions of a loss go with a model's penalties. */
final class LossRules {

    private LossRules() {}

    /**
     * Refuses what cannot be added up.
     *
     * @throws NotSupportedException if a penalty of activities, which is averaged over samples, meets a loss that is not
     * @throws IllegalArgumentException if there are penalties of weights, which Keras cannot add to a loss without reduction
     */
    static void check(Model model, Loss loss) {
        Reduction reduction = loss.reduction();
        if (reduction.isMean()) {
            return;
        }
        for (Layer layer : model.layers()) {
            if (layer.activityRegularizer() != null) {
                throw new NotSupportedException(
                        "Cannot add the `activity_regularizer` of layer \"%s\" to a loss that is not a mean over samples. Received: reduction='%s'"
                                .formatted(layer.name(), reduction.kerasName()));
            }
        }
        for (WeightLayout.Slot slot : model.layout().slots(Variable.Role.TRAINABLE)) {
            if (reduction == Reduction.NONE && slot.variable().weight().regularizer() != null) {
                throw new IllegalArgumentException(
                        "Invalid `reduction`: a loss without reduction cannot be added to the regularizer of %s. Received: reduction='none'"
                                .formatted(slot.path()));
            }
        }
    }
}

package org.lockstep.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.layers.Variable;

/**
 * Where each variable lies in the flat weight vector: first the trainable ones, then the moving statistics, then the
 * frozen ones; within each region in model order, each in its own C order.
 *
 * <p>A gradient vector has the first two regions: a gradient for each trainable number, a batch statistic for each moving
 * one.
 *
 * @param slots all variables in the order of Keras's {@code get_weights}
 */
public record WeightLayout(List<Slot> slots) implements Serializable {

    /**
     * One variable's place.
     *
     * @param layer the layer's index in the model's layers, 0-based
     * @param offset of its first number in the flat vector
     */
    public record Slot(int layer, String layerName, Variable variable, int offset) implements Serializable {

        public int size() {
            return variable.size();
        }

        /** Keras's path of the variable: {@code conv2d/kernel}. */
        public String path() {
            return layerName + "/" + variable.name();
        }
    }

    public WeightLayout {
        slots = List.copyOf(slots);
    }

    /** Places the variables of layers, given for each layer its name and variables. */
    static WeightLayout of(List<String> names, List<List<Variable>> variables) {
        int trainable = length(variables, Variable.Role.TRAINABLE);
        int moving = length(variables, Variable.Role.MOVING);
        int[] next = {0, trainable, Math.addExact(trainable, moving)};
        List<Slot> slots = new ArrayList<>();
        for (int layer = 0; layer < names.size(); layer++) {
            for (Variable variable : variables.get(layer)) {
                int region = region(variable.role());
                slots.add(new Slot(layer, names.get(layer), variable, next[region]));
                next[region] = Math.addExact(next[region], variable.size());
            }
        }
        return new WeightLayout(slots);
    }

    private static int region(Variable.Role role) {
        return switch (role) {
            case TRAINABLE -> 0;
            case MOVING -> 1;
            case FROZEN -> 2;
        };
    }

    private static int length(List<List<Variable>> variables, Variable.Role role) {
        int length = 0;
        for (List<Variable> layer : variables) {
            for (Variable variable : layer) {
                length = variable.role() == role ? Math.addExact(length, variable.size()) : length;
            }
        }
        return length;
    }

    /** The variables of one role, in model order. */
    public List<Slot> slots(Variable.Role role) {
        return slots.stream().filter(slot -> slot.variable().role() == role).toList();
    }

    /** The variables of one layer, in the order of Keras's {@code get_weights}. */
    public List<Slot> ofLayer(int layer) {
        return slots.stream().filter(slot -> slot.layer() == layer).toList();
    }

    /** Numbers in the trainable region, which begins at 0. */
    public int trainableLength() {
        return length(Variable.Role.TRAINABLE);
    }

    /** Numbers in the region of moving statistics, which follows the trainable one. */
    public int movingLength() {
        return length(Variable.Role.MOVING);
    }

    /** Numbers in a gradient vector. */
    public int gradientLength() {
        return trainableLength() + movingLength();
    }

    /** Numbers in the weight vector. */
    public int length() {
        return gradientLength() + length(Variable.Role.FROZEN);
    }

    private int length(Variable.Role role) {
        return slots(role).stream().mapToInt(Slot::size).sum();
    }
}

package org.lockstep.executor.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Variable;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;

/** The variables of a model's gradient vector, their blocks and the runs of these, all in the order of the flat vector. */
record Plan(List<Part> parts, List<Block> blocks, List<Run> runs, int gradientLength) {

    static Plan of(Model model) {
        WeightLayout layout = model.layout();
        List<Part> parts = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        for (Variable.Role role : List.of(Variable.Role.TRAINABLE, Variable.Role.MOVING)) {
            for (WeightLayout.Slot slot : layout.slots(role)) {
                int first = blocks.size();
                cut(slot, parts.size(), blocks);
                Part part = new Part(slot, first, blocks.size(), momentum(model, slot));
                check(part);
                parts.add(part);
            }
        }
        return new Plan(List.copyOf(parts), List.copyOf(blocks), Run.of(parts), layout.gradientLength());
    }

    /** Where a block begins in the gradient vector; its length for the block after the last. */
    int offset(int block) {
        return block == blocks.size() ? gradientLength : blocks.get(block).offset();
    }

    private static void cut(WeightLayout.Slot slot, int part, List<Block> blocks) {
        for (int done = 0; done < slot.size(); done += Block.LENGTH) {
            blocks.add(new Block(part, slot.offset() + done, Math.min(Block.LENGTH, slot.size() - done)));
        }
    }

    private static @Nullable Double momentum(Model model, WeightLayout.Slot slot) {
        if (slot.variable().role() != Variable.Role.MOVING) {
            return null;
        }
        if (model.layers().get(slot.layer()) instanceof BatchNormalization layer) {
            return layer.momentum();
        }
        throw new IllegalArgumentException(
                "Cannot update " + slot.path() + ": only BatchNormalization has moving statistics");
    }

    private static void check(Part part) {
        if (part.regularizer() != null) {
            Penalty.check(part.regularizer(), part.shape());
        }
        if (part.constraint() != null) {
            Projection.check(part.constraint(), part.shape());
        }
    }
}

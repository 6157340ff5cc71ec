package org.lockstep.executor.step.onednn;

import java.util.List;
import java.util.Set;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;

/** Passes without a first one that only multiplies a vector, where each of the others can do that while it reads. */
final class Shortcut {

    private Shortcut() {}

    /**
     * As few passes as possible.
     *
     * @param kept vectors that must be left as the passes leave them
     */
    static List<Pass> of(List<Pass> passes, Set<Operand> kept) {
        Pass first = passes.get(0);
        if (!isMultiple(first) || kept.contains(first.target())) {
            return passes;
        }
        Operand product = first.target();
        Operand vector = first.first();
        float factor = first.operations().get(0).number();
        List<Pass> others = passes.subList(1, passes.size());
        boolean areFree = others.stream()
                .allMatch(pass -> pass.target() != product && pass.target() != vector && !isScaledTwice(pass, product));
        if (!areFree) {
            return passes;
        }
        List<Pass> shorter =
                others.stream().map(pass -> pass.with(product, vector, factor)).toList();
        return shorter.stream().allMatch(VectorPrimitive::isOne) ? shorter : passes;
    }

    private static boolean isMultiple(Pass pass) {
        return pass.operations().size() == 1
                && VectorPrimitive.isFactor(pass.operations().get(0));
    }

    private static boolean isScaledTwice(Pass pass, Operand product) {
        return pass.operations().stream().anyMatch(operation -> operation.vector() == product && operation.isScaled());
    }
}

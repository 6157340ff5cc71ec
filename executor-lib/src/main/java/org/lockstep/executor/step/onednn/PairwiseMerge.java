package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;

/**
 * The primitives of y = f(f(x₀, x₁), x₂) …, number by number; of equal largest or smallest inputs the first has the
 * gradient.
 *
 * <p>On the way back g begins as the output's gradient, and each input but the first takes its part of it, from the last to
 * the second; the rest is that of the first. So g shares the first input's place.
 */
final class PairwiseMerge {

    private final Builder builder;
    private final MergeFunction function;
    private final List<Value> inputs;
    private final Layout layout;
    private final desc form;
    private final List<Call> forward = new ArrayList<>();
    private final List<Call> backward = new ArrayList<>();

    PairwiseMerge(Builder builder, MergeFunction function, List<Value> inputs) {
        this.builder = builder;
        this.function = function;
        this.inputs = inputs;
        this.layout = inputs.get(0).layout();
        this.form = layout.flat();
    }

    /** Adds the operation. */
    Value add() {
        List<Slot> merged = new ArrayList<>(List.of(inputs.get(0).data()));
        for (int i = 1; i < inputs.size(); i++) {
            Slot next = builder.data(layout);
            forward.add(call(function.merge(), merged.get(i - 1), inputs.get(i).data(), next));
            merged.add(next);
        }
        Value y = new Value(layout, merged.get(merged.size() - 1), place());
        Slot rest = y.gradient();
        if (rest != null) {
            for (int i = inputs.size() - 1; i > 0; i--) {
                split(inputs.get(i), merged.get(i - 1), rest, isWantedBefore(i));
            }
        }
        builder.add(new Calls(List.copyOf(forward), List.copyOf(backward)));
        return y;
    }

    private boolean isWantedBefore(int end) {
        return inputs.subList(0, end).stream().anyMatch(input -> input.gradient() != null);
    }

    private @Nullable Slot place() {
        Slot first = inputs.get(0).gradient();
        return first == null && isWantedBefore(inputs.size()) ? builder.data(layout) : first;
    }

    /** Gives x its part of the rest, and leaves that of what comes before it. */
    private void split(Value x, Slot before, Slot rest, boolean isRestWanted) {
        Slot part = x.gradient();
        algorithm choice = function.choice();
        if (choice == null) {
            if (part != null) {
                backward.add(call(algorithm.binary_mul, rest, before, part));
            }
            if (isRestWanted) {
                backward.add(call(algorithm.binary_mul, rest, x.data(), rest));
            }
            return;
        }
        if (part == null) {
            part = builder.data(layout);
        }
        backward.add(call(choice, x.data(), before, part));
        backward.add(call(algorithm.binary_mul, part, rest, part));
        if (isRestWanted) {
            backward.add(call(algorithm.binary_sub, rest, part, rest));
        }
    }

    /** The target may be the first. */
    private Call call(algorithm function, Slot first, Slot second, Slot target) {
        return new Chain(builder.device(), form, first).then(function, second).into(target);
    }
}

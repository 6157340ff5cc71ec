package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Add;
import org.lockstep.layers.Average;
import org.lockstep.layers.Concatenate;
import org.lockstep.layers.Maximum;
import org.lockstep.layers.Merge;
import org.lockstep.layers.Minimum;
import org.lockstep.layers.Multiply;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Subtract;

/** Operations of layers that make one tensor of several. */
record MergeLayers(Builder builder) {

    Value add(Merge layer, List<Value> inputs) {
        List<Value> arranged = arranged(layer, inputs);
        if (arranged.size() == 1) {
            return arranged.get(0);
        } else if (layer instanceof Concatenate concatenate) {
            return concatenation(concatenate.axis(), layer, arranged);
        } else if (layer instanceof Add) {
            return arranged.size() == 2 ? addition(arranged.get(0), arranged.get(1)) : sum(arranged, 1, 1);
        } else if (layer instanceof Average) {
            return sum(arranged, 1f / arranged.size(), 1f / arranged.size());
        } else if (layer instanceof Subtract) {
            return sum(arranged, 1, -1);
        } else if (layer instanceof Multiply) {
            return new PairwiseMerge(builder, MergeFunction.PRODUCT, arranged).add();
        } else if (layer instanceof Maximum) {
            return new PairwiseMerge(builder, MergeFunction.LARGEST, arranged).add();
        } else if (layer instanceof Minimum) {
            return new PairwiseMerge(builder, MergeFunction.SMALLEST, arranged).add();
        }
        throw new IllegalStateException("No operations for layer " + layer);
    }

    /** All in the order of the first; in blocks only if all are, and if one after the other they are too. */
    private List<Value> arranged(Merge layer, List<Value> inputs) {
        Layout first = inputs.get(0).layout();
        if (inputs.stream()
                .map(Value::layout)
                .allMatch(other -> other.blocked()
                        && other.moved() == first.moved()
                        && (layer instanceof Concatenate
                                ? other.isInBlocks()
                                : other.shape().equals(first.shape())))) {
            return inputs;
        }
        List<Value> arranged = new ArrayList<>();
        inputs.forEach(input -> arranged.add(builder.arranged(input, first.moved())));
        return arranged;
    }

    private Value addition(Value first, Value second) {
        Value merged = merged(first, second);
        merged = merged == null ? merged(second, first) : merged;
        if (merged != null) {
            return merged;
        }
        Layout layout = first.layout();
        Value y = new Value(layout, builder.data(layout), gradient(List.of(first, second)));
        builder.add(Addition.of(builder.device(), first, second, y));
        return y;
    }

    /** The sum as the end of the product that makes x, or null if none can do it. */
    private @Nullable Value merged(Value x, Value other) {
        ProductOperation ended =
                builder.last() instanceof ProductOperation product && product.yields(x) ? product.plus(other) : null;
        if (ended == null) {
            return null;
        }
        builder.replaceLast(ended);
        return x;
    }

    /** y = first · x₀ + others · (x₁ + …). Its gradient shares the place of an input's. */
    private Value sum(List<Value> inputs, float first, float others) {
        Layout layout = inputs.get(0).layout();
        desc form = layout.flat();
        Slot gradient = gradient(inputs);
        Value y = new Value(layout, builder.data(layout), gradient);
        Sum sum = new Sum();
        List<Call> backward = new ArrayList<>();
        float ownWeight = 1;
        for (int i = 0; i < inputs.size(); i++) {
            Value x = inputs.get(i);
            float weight = i == 0 ? first : others;
            sum.plus(form, x.data(), weight);
            if (x.gradient() == gradient) {
                ownWeight = weight;
            } else if (gradient != null && x.gradient() != null) {
                backward.add(scaled(form, gradient, weight, x.gradient()));
            }
        }
        if (gradient != null && ownWeight != 1) {
            backward.add(scaled(form, gradient, ownWeight, gradient));
        }
        builder.add(new Calls(List.of(sum.into(builder.device(), form, y.data())), List.copyOf(backward)));
        return y;
    }

    private static @Nullable Slot gradient(List<Value> inputs) {
        for (Value input : inputs) {
            if (input.gradient() != null) {
                return input.gradient();
            }
        }
        return null;
    }

    private Call scaled(desc form, Slot from, float weight, Slot to) {
        return weight == 1
                ? Reordering.call(builder.device(), form, from, form, to)
                : Elementwise.linear(weight, 0).forward(builder.device(), form, from, to);
    }

    private Value concatenation(int axis, Merge layer, List<Value> inputs) {
        List<Shape> shapes =
                inputs.stream().map(input -> input.layout().shape()).toList();
        Layout layout = inputs.get(0).layout().shape(layer.outputShape(shapes));
        Value y = builder.value(layout, gradient(inputs) != null);
        int place = axis < 0 ? axis + layout.shape().rank() : axis;
        long[] from = new long[layout.shape().rank()];
        List<Call> forward = new ArrayList<>();
        List<Call> backward = new ArrayList<>();
        for (Value x : inputs) {
            desc whole = x.layout().desc();
            desc part = layout.desc().submemory_desc(x.layout().dims(), from);
            forward.add(Reordering.call(builder.device(), whole, x.data(), part, y.data()));
            if (x.gradient() != null && y.gradient() != null) {
                backward.add(Reordering.call(builder.device(), part, y.gradient(), whole, x.gradient()));
            }
            from[place] += x.layout().dims()[place];
        }
        builder.add(new Calls(List.copyOf(forward), List.copyOf(backward)));
        return y;
    }
}

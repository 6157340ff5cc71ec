package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Variable;
import org.lockstep.model.WeightLayout;

/** A program in the making: the operations so far and the places that they use. */
final class Builder {

    private final Device device;
    private final Mode mode;
    private final WeightLayout layout;
    private final Bound weights;
    private final Bound gradients;
    private final List<Operation> operations = new ArrayList<>();

    Builder(Device device, Mode mode, WeightLayout layout) {
        this.device = device;
        this.mode = mode;
        this.layout = layout;
        this.weights = new Bound("weights", layout.length());
        this.gradients = new Bound("gradient", layout.gradientLength());
    }

    Device device() {
        return device;
    }

    Bound weights() {
        return weights;
    }

    Bound gradients() {
        return gradients;
    }

    List<Operation> operations() {
        return operations;
    }

    boolean trains() {
        return mode != Mode.INFERENCE;
    }

    prop_kind kind() {
        return trains() ? prop_kind.forward_training : prop_kind.forward_inference;
    }

    void add(Operation operation) {
        operations.add(operation);
    }

    /** A layer's variable of that name, or null if it has none. */
    @Nullable
    Parameter parameter(int layer, String name) {
        for (WeightLayout.Slot slot : layout.ofLayer(layer)) {
            if (slot.variable().name().equals(name)) {
                boolean written = trains() && slot.variable().role() != Variable.Role.FROZEN;
                return new Parameter(
                        weights.slot(slot.offset(), slot.size()),
                        written ? gradients.slot(slot.offset(), slot.size()) : null);
            }
        }
        return null;
    }

    Parameter required(int layer, String name) {
        Parameter parameter = parameter(layer, name);
        if (parameter == null) {
            throw new IllegalStateException("Layer %d has no variable %s".formatted(layer, name));
        }
        return parameter;
    }

    /** A place for a layer's output. */
    Slot data(Layout of) {
        return trains() ? device.arena().kept(of.size()) : device.arena().passing(of.size());
    }

    /** A value of its own place, with a gradient if one is wanted. */
    Value value(Layout of, boolean differentiated) {
        return new Value(of, data(of), differentiated ? device.arena().passing(of.size()) : null);
    }

    /** The value with memory in the wanted order: itself, if it is already or if both orders are the same. */
    Value arranged(Value x, boolean moved) {
        Layout wanted = x.layout().moved(moved);
        if (x.layout().moved() == moved || !wanted.orderMatters()) {
            return x.layout(wanted);
        }
        Value y = value(wanted, x.gradient() != null);
        desc from = x.layout().desc();
        desc to = wanted.desc();
        List<Call> backward = x.gradient() == null || y.gradient() == null
                ? List.of()
                : List.of(Reordering.call(device, to, y.gradient(), from, x.gradient()));
        add(new Calls(List.of(Reordering.call(device, from, x.data(), to, y.data())), backward));
        return y;
    }
}

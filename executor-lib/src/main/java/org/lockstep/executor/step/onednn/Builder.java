package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Variable;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;

/** A program in the making: the operations so far and the places that they use. */
final class Builder {

    private final Device device;
    private final Mode mode;
    private final boolean blocks;
    private final List<LayerCall> calls;
    private final WeightLayout layout;
    private final Bound weights;
    private final Bound gradients;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private int layer;
    /** Operations before this one are not changed any more. */
    private int open;

    Builder(Device device, Mode mode, Model model, int batch) {
        this.device = device;
        this.mode = mode;
        this.blocks = Blocks.suit(device, model, batch);
        this.calls = model.calls();
        this.layout = model.layout();
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

    /** For each operation the place in the model of the layer that it belongs to. */
    List<Integer> owners() {
        return owners;
    }

    /** Says that the operations to come belong to the layer of this call. */
    void call(int index) {
        layer = calls.get(index).layer();
    }

    boolean trains() {
        return mode != Mode.INFERENCE;
    }

    prop_kind kind() {
        return trains() ? prop_kind.forward_training : prop_kind.forward_inference;
    }

    void add(Operation operation) {
        operations.add(operation);
        owners.add(layer);
    }

    /** The operation added last, as long as the next one may be merged with it; else null. */
    @Nullable
    Operation last() {
        return operations.size() > open ? operations.get(operations.size() - 1) : null;
    }

    /** Takes {@link #last} out, for another to be put in its place. */
    void removeLast() {
        operations.remove(operations.size() - 1);
        owners.remove(owners.size() - 1);
    }

    /** Puts another operation, which does more, in the place of {@link #last}; it belongs to the same layer. */
    void replaceLast(Operation operation) {
        operations.set(operations.size() - 1, operation);
    }

    /** Says that what was made so far has other readers than the next operation: the two are not merged. */
    void fence() {
        open = operations.size();
    }

    /**
     * The variable of that name of the layer that is called, or null if it has none. To be asked for before the call's own
     * operations are added: where the layer is called again later, an operation before them adds up its gradients.
     */
    @Nullable
    Parameter parameter(int call, String name) {
        for (WeightLayout.Slot slot : layout.ofLayer(calls.get(call).layer())) {
            if (slot.variable().name().equals(name)) {
                boolean written = trains() && slot.variable().role() != Variable.Role.FROZEN;
                return new Parameter(weights.slot(slot.offset(), slot.size()), written ? gradient(call, slot) : null);
            }
        }
        return null;
    }

    /** The place in the gradient vector; for all but a layer's last call one whose content is added to that. */
    private Slot gradient(int call, WeightLayout.Slot slot) {
        Slot whole = gradients.slot(slot.offset(), slot.size());
        int called = calls.get(call).layer();
        if (calls.subList(call + 1, calls.size()).stream().noneMatch(later -> later.layer() == called)) {
            return whole;
        }
        Slot part = device.arena().floats(slot.size());
        desc form = Device.plain(slot.size());
        add(new Calls(
                List.of(), List.of(new Sum().plus(form, whole).plus(form, part).into(device, form, whole))));
        return part;
    }

    Parameter required(int call, String name) {
        Parameter parameter = parameter(call, name);
        if (parameter == null) {
            throw new IllegalStateException("The layer of call %d has no variable %s".formatted(call, name));
        }
        return parameter;
    }

    /** A place for a layer's output. */
    Slot data(Layout of) {
        return device.arena().bytes(of.bytes());
    }

    /** A value of its own place, with a gradient if one is wanted. */
    Value value(Layout of, boolean differentiated) {
        return new Value(of, data(of), differentiated ? data(of) : null);
    }

    /** The value with numbers of the wanted type: itself, if they are already. */
    Value cast(Value x, Numbers wanted) {
        return x.layout().numbers() == wanted ? x : copied(x, x.layout().numbers(wanted));
    }

    /** The value with memory in the wanted order: itself, if it is already or if both orders are the same. */
    Value arranged(Value x, boolean moved) {
        return lying(x, x.layout().moved(moved).blocked(false));
    }

    /** The value with memory as this layout of its shape has it: itself, if it is already. */
    Value lying(Value x, Layout wanted) {
        return x.layout().liesAs(wanted) ? x.layout(wanted) : copied(x, wanted);
    }

    /** The value with memory as it is, but not in blocks. */
    Value unblocked(Value x) {
        return x.layout().blocked() ? arranged(x, x.layout().moved()) : x;
    }

    /** The value as kernels of images take it: in blocks where these are the faster, else channels last. */
    Value images(Value x, DataFormat format) {
        boolean moved = format == DataFormat.CHANNELS_FIRST;
        if (!blocks) {
            return arranged(x, moved);
        }
        return lying(x, x.layout().moved(moved).blocked(true));
    }

    private Value copied(Value x, Layout wanted) {
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

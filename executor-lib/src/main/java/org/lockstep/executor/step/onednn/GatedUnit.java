package org.lockstep.executor.step.onednn;

import static org.bytedeco.dnnl.global.dnnl.algorithm.*;

import java.util.List;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;

/** Primitives of glu: y = a · sigmoid(b), where a and b are the halves of an axis of x; 32-bit floats. */
final class GatedUnit {

    private final Builder builder;
    private final Value x;
    private final Value y;
    private final desc whole;
    private final desc first;
    private final desc second;

    GatedUnit(Builder builder, int axis, Value x, Value y) {
        this.builder = builder;
        this.x = x;
        this.y = y;
        this.whole = y.layout().desc();
        long[] half = y.layout().dims();
        long[] from = new long[half.length];
        this.first = x.layout().desc().submemory_desc(half, from);
        from[axis] = half[axis];
        this.second = x.layout().desc().submemory_desc(half, from);
    }

    Calls calls() {
        Slot gate = builder.data(y.layout());
        List<Call> forward = List.of(
                copy(second, x.data(), whole, gate),
                of(gate).then(eltwise_logistic, 0, 0).into(gate),
                copy(first, x.data(), whole, y.data()),
                of(y.data()).then(binary_mul, gate).into(y.data()));
        return new Calls(forward, backward(gate, y.gradient(), x.gradient()));
    }

    /** a has the output's gradient dy times the gate, b has dy · y · (1 − gate). */
    private List<Call> backward(Slot gate, @Nullable Slot dy, @Nullable Slot dx) {
        if (dy == null || dx == null) {
            return List.of();
        }
        Slot part = builder.data(y.layout());
        return List.of(
                of(dy).then(binary_mul, gate).into(part),
                copy(whole, part, first, dx),
                of(gate).then(eltwise_linear, -1, 1).then(binary_mul, y.data()).into(part),
                of(dy).then(binary_mul, part).into(dy),
                copy(whole, dy, second, dx));
    }

    private Chain of(Slot first) {
        return new Chain(builder.device(), y.layout().flat(), first);
    }

    private Call copy(desc from, Slot source, desc to, Slot target) {
        return Reordering.call(builder.device(), from, source, to, target);
    }
}

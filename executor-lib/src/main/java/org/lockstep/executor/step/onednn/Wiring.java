package org.lockstep.executor.step.onednn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.dnnl.memory.desc;
import org.lockstep.model.LayerCall;

/**
 * The values of a graph, handed to the calls that read them.
 *
 * <p>Calls write the gradients of what they read, and may change them in place. So each reader of a value gets a gradient
 * of its own, and an operation that runs when all readers' backward passes have run adds them up, in the readers' order.
 */
final class Wiring {

    private final Builder builder;
    private final int[] readers;
    private final List<Deque<Value>> values = new ArrayList<>();

    Wiring(Builder builder, List<LayerCall> calls) {
        this.builder = builder;
        this.readers = new int[calls.size() + 1];
        for (LayerCall call : calls) {
            call.inputs().forEach(tensor -> readers[tensor]++);
        }
    }

    /** Takes the value of the next tensor, after all operations that make it were added. */
    void put(Value value) {
        int wanted = readers[values.size()];
        Deque<Value> handed = new ArrayDeque<>();
        values.add(handed);
        Slot gradient = value.gradient();
        for (int reader = 0; reader < wanted; reader++) {
            // The first reader's may lie where the sum will be.
            boolean own = reader > 0 && gradient != null;
            handed.add(own ? new Value(value.layout(), value.data(), builder.data(value.layout())) : value);
        }
        if (wanted > 1 && gradient != null) {
            desc form = value.layout().flat();
            Sum sum = new Sum();
            for (Value each : handed) {
                sum.plus(form, each.gradient() == null ? gradient : each.gradient());
            }
            builder.add(new Calls(List.of(), List.of(sum.into(builder.device(), form, gradient))));
        }
        if (wanted > 1) {
            builder.fence();
        }
    }

    /** What a call reads. */
    List<Value> take(LayerCall call) {
        boolean readsTheLast = call.inputs().contains(values.size() - 1);
        if (!readsTheLast) {
            builder.fence();
        }
        return call.inputs().stream().map(tensor -> values.get(tensor).remove()).toList();
    }
}

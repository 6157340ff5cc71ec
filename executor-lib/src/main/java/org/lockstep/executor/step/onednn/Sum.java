package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.memory_desc_vector;
import org.bytedeco.dnnl.sum;

/** The weighted sum of tensors, added up in the order in which they are given. */
final class Sum {

    private record Term(desc form, Slot slot, float weight) {}

    private final List<Term> terms = new ArrayList<>();

    Sum plus(desc form, Slot slot, float weight) {
        terms.add(new Term(form, slot, weight));
        return this;
    }

    Sum plus(desc form, Slot slot) {
        return plus(form, slot, 1);
    }

    /** Puts the sum into a slot, which may be the first term's. */
    Call into(Device device, desc form, Slot target) {
        float[] weights = new float[terms.size()];
        memory_desc_vector forms = new memory_desc_vector(terms.size());
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            Term term = terms.get(i);
            weights[i] = term.weight();
            forms.put(i, term.form());
            arguments.add(new Argument(dnnl.DNNL_ARG_MULTIPLE_SRC + i, device.view(term.form(), term.slot())));
        }
        arguments.add(Argument.target(device.view(form, target)));
        var description = new sum.primitive_desc(device.cpu(), form, weights, forms, device.attributes(), false);
        return device.call(new sum(description), description, arguments);
    }
}

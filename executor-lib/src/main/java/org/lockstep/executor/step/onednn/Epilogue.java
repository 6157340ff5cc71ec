package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/**
 * What a primitive does to its output before it writes it: y = f(a · x + b + c), with a and b for each channel.
 *
 * @param scaling a and b; null for 1 and 0
 * @param summand c, of the output's layout; null for none
 * @param function f; null for none
 */
record Epilogue(
        @Nullable Scaling scaling,
        @Nullable Value summand,
        @Nullable Elementwise function) {

    static final Epilogue NONE = new Epilogue(null, null, null);

    /** The factor and the summand of each channel. */
    record Scaling(Slot factor, Slot summand, int channels) {}

    static Epilogue of(Scaling scaling) {
        return new Epilogue(scaling, null, null);
    }

    Epilogue plus(Value other) {
        return new Epilogue(scaling, other, function);
    }

    Epilogue then(Elementwise last) {
        return new Epilogue(scaling, summand, last);
    }

    /** Whether it reads other tensors, which only some of oneDNN's kernels do fast. */
    boolean reads() {
        return scaling != null || summand != null;
    }

    /** Attributes that make a primitive with this output, of so many axes, channels second, do this. */
    primitive_attr appendedTo(primitive_attr attributes, desc output, int axes) {
        if (!reads() && function == null) {
            return attributes;
        }
        post_ops operations = new post_ops();
        if (scaling != null) {
            desc form = form(scaling, axes);
            operations.append_binary(algorithm.binary_mul, form);
            operations.append_binary(algorithm.binary_add, form);
        }
        if (summand != null) {
            operations.append_binary(algorithm.binary_add, output);
        }
        if (function != null) {
            operations.append_eltwise(function.function(), function.alpha(), function.beta());
        }
        attributes.set_post_ops(operations);
        return attributes;
    }

    /** What such a primitive reads besides its own arguments. */
    List<Argument> arguments(Device device, desc output, int axes) {
        List<Argument> arguments = new ArrayList<>();
        if (scaling != null) {
            desc form = form(scaling, axes);
            arguments.add(new Argument(role(0), device.view(form, scaling.factor())));
            arguments.add(new Argument(role(1), device.view(form, scaling.summand())));
        }
        if (summand != null) {
            arguments.add(new Argument(role(arguments.size()), device.view(output, summand.data())));
        }
        return arguments;
    }

    /** The role of the tensor that an appended operation reads. */
    static int role(int operation) {
        return dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (operation + 1) | dnnl.DNNL_ARG_SRC_1;
    }

    private static desc form(Scaling scaling, int axes) {
        long[] dims = new long[axes];
        Arrays.fill(dims, 1);
        dims[1] = scaling.channels();
        return Device.plain(dims);
    }
}

package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.prelu_backward;
import org.bytedeco.dnnl.prelu_forward;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.Shape;

/**
 * Operations of rectifiers whose slope below 0 is learned.
 *
 * <p>oneDNN has fast code for a slope of each number and for one of each channel, which it takes to be the second axis; others
 * take fifty times as long.
 */
record PreluLayers(Builder builder) {

    /** x and the slopes in oneDNN's terms. */
    private record Forms(desc x, desc slopes) {}

    /** @param index the call's place in the model */
    Value add(int index, PReLU layer, Value input) {
        Value x = builder.cast(input, Numbers.FLOAT32);
        Shape shape = layer.variables(x.layout().shape()).get(0).shape();
        Value slopes = slopes(builder.required(index, "alpha"), shape);
        boolean ofEach = shape.equals(Shape.of(x.layout().shape().sample()));
        Forms forms;
        if (ofEach) {
            slopes = builder.lying(slopes, x.layout().shape(slopes.layout().shape()));
            long numbers = slopes.layout().size();
            forms = new Forms(Device.plain(x.layout().shape().dimension(0), numbers), Device.plain(1, numbers));
        } else {
            forms = new Forms(
                    channelsSecond(x.layout(), x.layout().desc()),
                    channelsSecond(x.layout(), slopes.layout().desc()));
        }
        Value y = builder.value(x.layout(), x.gradient() != null || slopes.gradient() != null);
        Slot gradient = y.gradient();
        builder.add(new Calls(
                List.of(forward(forms, x, slopes, y)),
                gradient == null ? List.of() : List.of(backward(forms, x, slopes, gradient))));
        return y;
    }

    /** The variable as the slopes of one sample. */
    private static Value slopes(Parameter alpha, Shape shape) {
        Shape one = Shape.batchOf(shape.dimensions()).with(0, 1);
        return new Value(new Layout(one, false, Numbers.FLOAT32), alpha.value(), alpha.gradient());
    }

    private Call forward(Forms forms, Value x, Value slopes, Value y) {
        Device device = builder.device();
        var description = description(forms, builder.kind());
        return device.call(
                new prelu_forward(description),
                description,
                Argument.source(device.view(forms.x(), x.data())),
                Argument.weights(device.view(forms.slopes(), slopes.data())),
                Argument.target(device.view(forms.x(), y.data())));
    }

    /** The gradients of the input and of the slopes; what nobody asks for is made all the same. */
    private Call backward(Forms forms, Value x, Value slopes, Slot outputGradient) {
        Device device = builder.device();
        var description = new prelu_backward.primitive_desc(
                device.cpu(),
                forms.x(),
                forms.slopes(),
                forms.x(),
                forms.slopes(),
                forms.x(),
                description(forms, prop_kind.forward_training),
                device.attributes(),
                false);
        return device.call(
                new prelu_backward(description),
                description,
                Argument.source(device.view(forms.x(), x.data())),
                Argument.weights(device.view(forms.slopes(), slopes.data())),
                Argument.targetGradient(device.view(forms.x(), outputGradient)),
                Argument.sourceGradient(device.view(forms.x(), orRoom(x.gradient(), forms.x()))),
                Argument.weightsGradient(device.view(forms.slopes(), orRoom(slopes.gradient(), forms.slopes()))));
    }

    private prelu_forward.primitive_desc description(Forms forms, prop_kind kind) {
        Device device = builder.device();
        return new prelu_forward.primitive_desc(
                device.cpu(), kind, forms.x(), forms.slopes(), forms.x(), device.attributes(), false);
    }

    private Slot orRoom(@Nullable Slot wanted, desc form) {
        return wanted == null ? builder.device().arena().bytes(form.get_size()) : wanted;
    }

    /** A tensor with the axis second that memory holds last. */
    private static desc channelsSecond(Layout layout, desc form) {
        int rank = layout.shape().rank();
        if (layout.moved() || rank < 3) {
            return form;
        }
        int[] places = new int[rank];
        for (int axis = 1; axis < rank; axis++) {
            places[axis] = axis == rank - 1 ? 1 : axis + 1;
        }
        return form.permute_axes(places);
    }
}

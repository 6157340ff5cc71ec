package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.GlobalMaxPooling2D;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Window;

/** Operations of pooling layers. */
record ImageLayers(Builder builder) {

    Value max(MaxPooling2D layer, Value input) {
        return windowed(
                layer.window(), Pooling::max, layer.outputShape(input.layout().shape()), input, true);
    }

    Value average(AveragePooling2D layer, Value input) {
        return windowed(
                layer.window(),
                Pooling::average,
                layer.outputShape(input.layout().shape()),
                input,
                false);
    }

    Value globalAverage(GlobalAveragePooling2D layer, Value input) {
        return whole(
                layer.dataFormat(),
                Pooling::average,
                layer.outputShape(input.layout().shape()),
                input);
    }

    Value globalMax(GlobalMaxPooling2D layer, Value input) {
        return whole(
                layer.dataFormat(),
                Pooling::max,
                layer.outputShape(input.layout().shape()),
                input);
    }

    private Value whole(DataFormat format, Kind kind, Shape shape, Value input) {
        Value x = builder.images(input, format);
        Image image = x.layout().image(format);
        Image pooled = new Image(image.batch(), image.channels(), 1, 1, image.numbers(), image.blocked());
        // One number for each channel: memory is the same in any order.
        Layout output = x.layout().shape(shape).moved(false).blocked(false);
        return pooled(kind.of(builder.device(), image, pooled, Geometry.whole(image)), x, output, null);
    }

    /** What makes a pooling. */
    private interface Kind {
        Pooling of(Device device, Image input, Image output, Geometry window);
    }

    private Value windowed(Window window, Kind kind, Shape shape, Value input, boolean largest) {
        DataFormat format = window.dataFormat();
        Value x = builder.images(input, format);
        Layout output = x.layout().shape(shape);
        Image image = x.layout().image(format);
        Geometry geometry = Geometry.of(window, image);
        Slope later = largest ? takeRelu(x) : null;
        return pooled(kind.of(builder.device(), image, output.image(format), geometry), x, output, later);
    }

    /**
     * Takes the slope of a relu from x's gradient, for it to be applied to the gradient of the largest values: where these
     * are 0, so are all others in the window, and there are fewer of them.
     */
    private @Nullable Slope takeRelu(Value x) {
        if (builder.last() instanceof Slope slope
                && slope.function().isRelu()
                && slope.y().isSamePlaceAs(x)) {
            builder.removeLast();
            return slope;
        }
        return null;
    }

    private Value pooled(Pooling pooling, Value x, Layout output, @Nullable Slope later) {
        Value y = builder.value(output, x.gradient() != null);
        Call forward = pooling.forward(builder.kind(), x.data(), y.data());
        List<Call> backward = new ArrayList<>();
        if (x.gradient() != null && y.gradient() != null) {
            if (later != null) {
                backward.add(later.function().backward(builder.device(), output.flat(), y.data(), y.gradient()));
            }
            backward.add(pooling.backward(y.gradient(), x.gradient()));
        }
        builder.add(new Calls(List.of(forward), List.copyOf(backward)));
        return y;
    }
}

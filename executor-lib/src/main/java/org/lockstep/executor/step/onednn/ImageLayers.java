package org.lockstep.executor.step.onednn;

import java.util.List;
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
                layer.window(), Pooling::max, layer.outputShape(input.layout().shape()), input);
    }

    Value average(AveragePooling2D layer, Value input) {
        return windowed(
                layer.window(),
                Pooling::average,
                layer.outputShape(input.layout().shape()),
                input);
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
        Value x = builder.arranged(input, format == DataFormat.CHANNELS_FIRST);
        Image image = x.layout().image(format);
        Image pooled = new Image(image.batch(), image.channels(), 1, 1);
        // One number for each channel: memory is the same in either order.
        Layout output = new Layout(shape, false);
        return pooled(kind.of(builder.device(), image, pooled, Geometry.whole(image)), x, output);
    }

    /** What makes a pooling. */
    private interface Kind {
        Pooling of(Device device, Image input, Image output, Geometry window);
    }

    private Value windowed(Window window, Kind kind, Shape shape, Value input) {
        DataFormat format = window.dataFormat();
        Value x = builder.arranged(input, format == DataFormat.CHANNELS_FIRST);
        Layout output = x.layout().shape(shape);
        Image image = x.layout().image(format);
        Geometry geometry = Geometry.of(window, image);
        return pooled(kind.of(builder.device(), image, output.image(format), geometry), x, output);
    }

    private Value pooled(Pooling pooling, Value x, Layout output) {
        Value y = builder.value(output, x.gradient() != null);
        Call forward = pooling.forward(builder.kind(), x.data(), y.data());
        List<Call> backward = x.gradient() == null || y.gradient() == null
                ? List.of()
                : List.of(pooling.backward(y.gradient(), x.gradient()));
        builder.add(new Calls(List.of(forward), backward));
        return y;
    }
}

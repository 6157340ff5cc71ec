package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.memory.desc;
import org.lockstep.layers.Cropping2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Interpolation;
import org.lockstep.layers.Margins;
import org.lockstep.layers.UpSampling2D;
import org.lockstep.layers.ZeroPadding2D;

/** Operations of layers that change an image's size without computing. */
record FrameLayers(Builder builder) {

    Value padding(ZeroPadding2D layer, Value x) {
        Layout layout = x.layout().shape(layer.outputShape(x.layout().shape()));
        Value y = builder.value(layout, x.gradient() != null);
        desc inner = inner(layout, x.layout(), layer.padding(), layer.dataFormat());
        desc whole = x.layout().desc();
        Calls copy = new Calls(
                List.of(Reordering.call(builder.device(), whole, x.data(), inner, y.data())),
                x.gradient() == null || y.gradient() == null
                        ? List.of()
                        : List.of(Reordering.call(builder.device(), inner, y.gradient(), whole, x.gradient())));
        builder.add(new PaddingOperation(x, y, layer.padding(), layer.dataFormat(), copy));
        return y;
    }

    Value cropping(Cropping2D layer, Value x) {
        Layout layout = x.layout().shape(layer.outputShape(x.layout().shape()));
        Value y = builder.value(layout, x.gradient() != null);
        desc inner = inner(x.layout(), layout, layer.cropping(), layer.dataFormat());
        desc whole = layout.desc();
        builder.add(new Calls(
                List.of(Reordering.call(builder.device(), inner, x.data(), whole, y.data())),
                x.gradient() == null || y.gradient() == null
                        ? List.of()
                        : List.of(Reordering.call(builder.device(), whole, y.gradient(), inner, x.gradient()))));
        builder.add(new Clearing(null, x.gradient()));
        return y;
    }

    /** The part of the larger image that the smaller one takes. */
    private static desc inner(Layout larger, Layout smaller, Margins margins, DataFormat format) {
        long[] from = new long[larger.shape().rank()];
        from[format.heightAxis()] = margins.top();
        from[format.widthAxis()] = margins.left();
        return larger.desc().submemory_desc(smaller.dims(), from);
    }

    Value upSampling(UpSampling2D layer, Value input) {
        Value x = builder.images(input, layer.dataFormat());
        Layout layout = x.layout().shape(layer.outputShape(x.layout().shape()));
        Value y = builder.value(layout, x.gradient() != null);
        builder.add(
                layer.interpolation() == Interpolation.NEAREST
                        ? repeated(layer, x, y)
                        : interpolated(layer.dataFormat(), x, y));
        return y;
    }

    private Calls repeated(UpSampling2D layer, Value x, Value y) {
        UpSampling sampling = new UpSampling(builder.device(), x.layout().image(layer.dataFormat()), layer.size());
        return new Calls(
                sampling.forward(x.data(), y.data()),
                x.gradient() == null || y.gradient() == null
                        ? List.of()
                        : List.of(sampling.backward(y.gradient(), x.gradient())));
    }

    private Calls interpolated(DataFormat format, Value x, Value y) {
        Resampling sampling = new Resampling(
                builder.device(), x.layout().image(format), y.layout().image(format));
        return new Calls(
                List.of(sampling.forward(builder.kind(), x.data(), y.data())),
                x.gradient() == null || y.gradient() == null
                        ? List.of()
                        : List.of(sampling.backward(y.gradient(), x.gradient())));
    }
}

package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.lockstep.activations.Activation;
import org.lockstep.activations.Function;
import org.lockstep.layers.Activating;
import org.lockstep.layers.Add;
import org.lockstep.layers.Average;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Concatenate;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.Cropping2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.GlobalMaxPooling2D;
import org.lockstep.layers.Interpolation;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Maximum;
import org.lockstep.layers.Merge;
import org.lockstep.layers.Minimum;
import org.lockstep.layers.Multiply;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.Padding;
import org.lockstep.layers.Rescaling;
import org.lockstep.layers.Reshape;
import org.lockstep.layers.SeparableConv2D;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Subtract;
import org.lockstep.layers.UpSampling2D;
import org.lockstep.layers.Window;
import org.lockstep.layers.ZeroPadding2D;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;

/** Models in double and by their layers' definitions, one number at a time. */
final class Interpreter {

    private final Model model;
    private final WeightLayout layout;
    private final double[] weights;
    private final boolean training;

    Interpreter(Model model, double[] weights, boolean training) {
        this.model = model;
        this.training = training;
        this.layout = model.layout();
        this.weights = weights;
    }

    /** A tensor in C order. */
    private record Array(int[] shape, double[] values) {

        static Array of(Shape shape, int batch) {
            int[] dims = shape.with(0, batch).dimensions();
            return new Array(dims, new double[Arrays.stream(dims).reduce(1, (a, b) -> a * b)]);
        }

        int size(int axis) {
            return shape[axis];
        }

        int at(int... index) {
            int place = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                place = place * shape[axis] + index[axis];
            }
            return place;
        }

        double get(int... index) {
            return values[at(index)];
        }

        /** 0 outside the image. */
        double pixel(DataFormat format, int b, int h, int w, int c) {
            boolean inside = h >= 0 && h < size(format.heightAxis()) && w >= 0 && w < size(format.widthAxis());
            return inside ? get(index(format, b, h, w, c)) : 0;
        }
    }

    private static int[] index(DataFormat format, int b, int h, int w, int c) {
        return format == DataFormat.CHANNELS_LAST ? new int[] {b, h, w, c} : new int[] {b, c, h, w};
    }

    double[] output(double[] x, int batch) {
        List<Shape> shapes = model.shapes();
        List<Array> tensors = new ArrayList<>();
        tensors.add(new Array(shapes.get(0).with(0, batch).dimensions(), x));
        for (LayerCall call : model.calls()) {
            Layer layer = model.layers().get(call.layer());
            List<Array> inputs = call.inputs().stream().map(tensors::get).toList();
            Array y = Array.of(shapes.get(tensors.size()), batch);
            if (layer instanceof Merge merge) {
                merge(merge, inputs, y);
            } else {
                layer(call.layer(), layer, inputs.get(0), y);
            }
            tensors.add(y);
        }
        return tensors.get(tensors.size() - 1).values();
    }

    private double[] variable(int layer, String name) {
        for (WeightLayout.Slot slot : layout.ofLayer(layer)) {
            if (slot.variable().name().equals(name)) {
                return Arrays.copyOfRange(weights, slot.offset(), slot.offset() + slot.size());
            }
        }
        return new double[10_000];
    }

    private static void linear(Activation activation) {
        if (activation.function() != Function.LINEAR) {
            throw new IllegalArgumentException("Only layers of their own are activations here: " + activation);
        }
    }

    private void layer(int index, Layer layer, Array x, Array y) {
        if (layer instanceof Conv2D conv) {
            linear(conv.activation());
            int in = x.size(conv.window().dataFormat().channelAxis()) / conv.groups();
            int out = conv.filters() / conv.groups();
            convolution(index, "kernel", conv.window(), x, y, in, out);
        } else if (layer instanceof DepthwiseConv2D conv) {
            linear(conv.activation());
            convolution(index, "kernel", conv.window(), x, y, 1, conv.depthMultiplier());
        } else if (layer instanceof SeparableConv2D conv) {
            linear(conv.activation());
            Window pixels = Window.ofPixels(conv.window().dataFormat());
            Array each = Array.of(conv.depthwiseShape(Shape.of(x.shape())), x.size(0));
            convolution(index, "depthwise_kernel", conv.window(), x, each, 1, conv.depthMultiplier());
            int deep = each.size(conv.window().dataFormat().channelAxis());
            convolution(index, "pointwise_kernel", pixels, each, y, deep, conv.filters());
        } else if (layer instanceof Conv2DTranspose conv) {
            linear(conv.activation());
            transposed(index, conv, x, y);
        } else if (layer instanceof PReLU rectifier) {
            rectified(
                    variable(index, "alpha"),
                    rectifier.variables(Shape.of(x.shape())).get(0).shape(),
                    x,
                    y);
        } else if (layer instanceof Dense dense) {
            linear(dense.activation());
            dense(index, dense.units(), x, y);
        } else if (layer instanceof BatchNormalization) {
            normalization(index, x, y);
        } else if (layer instanceof Activating activating) {
            map(x, y, value -> switch (activating.activation().function()) {
                case RELU -> Math.max(value, 0);
                case LEAKY_RELU ->
                    value > 0 ? value : value * activating.activation().argument("negative_slope");
                case TANH -> Math.tanh(value);
                default -> throw new IllegalArgumentException(layer.toString());
            });
        } else if (layer instanceof Reshape) {
            map(x, y, value -> value);
        } else if (layer instanceof Rescaling rescaling) {
            map(x, y, value -> value * rescaling.scale() + rescaling.offset());
        } else if (layer instanceof GlobalAveragePooling2D pooling) {
            double cells = x.values().length / (double) y.values().length;
            pool(pooling.dataFormat(), x, y, 0, (sum, value) -> sum + value / cells);
        } else if (layer instanceof GlobalMaxPooling2D pooling) {
            pool(pooling.dataFormat(), x, y, Double.NEGATIVE_INFINITY, Math::max);
        } else if (layer instanceof ZeroPadding2D frame) {
            pixels(
                    frame.dataFormat(),
                    y,
                    (b, h, w, c) -> x.pixel(
                            frame.dataFormat(),
                            b,
                            h - frame.padding().top(),
                            w - frame.padding().left(),
                            c));
        } else if (layer instanceof Cropping2D frame) {
            pixels(
                    frame.dataFormat(),
                    y,
                    (b, h, w, c) -> x.pixel(
                            frame.dataFormat(),
                            b,
                            h + frame.cropping().top(),
                            w + frame.cropping().left(),
                            c));
        } else if (layer instanceof UpSampling2D up && up.interpolation() == Interpolation.BILINEAR) {
            interpolated(up, x, y);
        } else if (layer instanceof UpSampling2D up) {
            pixels(
                    up.dataFormat(),
                    y,
                    (b, h, w, c) -> x.pixel(
                            up.dataFormat(),
                            b,
                            h / up.size().height(),
                            w / up.size().width(),
                            c));
        } else {
            throw new IllegalArgumentException(layer.toString());
        }
    }

    private static void map(Array x, Array y, DoubleUnaryOperator function) {
        Arrays.setAll(y.values(), i -> function.applyAsDouble(x.values()[i]));
    }

    private interface Pixel {
        double of(int b, int h, int w, int c);
    }

    private static void pixels(DataFormat format, Array y, Pixel pixel) {
        for (int b = 0; b < y.size(0); b++) {
            for (int h = 0; h < y.size(format.heightAxis()); h++) {
                for (int w = 0; w < y.size(format.widthAxis()); w++) {
                    for (int c = 0; c < y.size(format.channelAxis()); c++) {
                        y.values()[y.at(index(format, b, h, w, c))] = pixel.of(b, h, w, c);
                    }
                }
            }
        }
    }

    /** {@code in} channels of each group make {@code out} of it. */
    private void convolution(int index, String name, Window window, Array x, Array y, int in, int out) {
        DataFormat format = window.dataFormat();
        double[] kernel = variable(index, name);
        double[] bias = name.equals("depthwise_kernel") ? new double[10_000] : variable(index, "bias");
        int filters = y.size(format.channelAxis());
        int top = window.padding()
                .before(
                        x.size(format.heightAxis()),
                        window.extentHeight(),
                        window.strides().height());
        int left = window.padding()
                .before(
                        x.size(format.widthAxis()),
                        window.extentWidth(),
                        window.strides().width());
        pixels(format, y, (b, h, w, f) -> {
            double sum = bias[f];
            for (int kh = 0; kh < window.size().height(); kh++) {
                for (int kw = 0; kw < window.size().width(); kw++) {
                    for (int c = 0; c < in; c++) {
                        int row = h * window.strides().height() + kh - top;
                        int column = w * window.strides().width() + kw - left;
                        int place = ((kh * window.size().width() + kw) * in + c) * filters + f;
                        sum += x.pixel(format, b, row, column, f / out * in + c) * kernel[place];
                    }
                }
            }
            return sum;
        });
    }

    /** The gradient of the input of a convolution from y's shape to x's, in which x is the output's gradient. */
    private void transposed(int index, Conv2DTranspose layer, Array x, Array y) {
        Window window = layer.window();
        DataFormat format = window.dataFormat();
        double[] kernel = variable(index, "kernel");
        double[] bias = variable(index, "bias");
        int channels = x.size(format.channelAxis());
        int height = y.size(format.heightAxis());
        int width = y.size(format.widthAxis());
        Padding padding = window.padding();
        int top = padding.before(height, window.extentHeight(), window.strides().height());
        int left = padding.before(width, window.extentWidth(), window.strides().width());
        pixels(format, y, (b, h, w, f) -> bias[f]);
        pixels(format, x, (b, h, w, c) -> {
            double value = x.pixel(format, b, h, w, c);
            for (int kh = 0; kh < window.size().height(); kh++) {
                for (int kw = 0; kw < window.size().width(); kw++) {
                    int row = h * window.strides().height()
                            + kh * window.dilation().height()
                            - top;
                    int column = w * window.strides().width()
                            + kw * window.dilation().width()
                            - left;
                    for (int f = 0; f < layer.filters(); f++) {
                        if (row >= 0 && row < height && column >= 0 && column < width) {
                            int place = ((kh * window.size().width() + kw) * layer.filters() + f) * channels + c;
                            y.values()[y.at(index(format, b, row, column, f))] += value * kernel[place];
                        }
                    }
                }
            }
            return value;
        });
    }

    /** Between pixel centres, along rows and columns. */
    private static void interpolated(UpSampling2D layer, Array x, Array y) {
        DataFormat format = layer.dataFormat();
        int lastRow = x.size(format.heightAxis()) - 1;
        int lastColumn = x.size(format.widthAxis()) - 1;
        pixels(format, y, (b, h, w, c) -> {
            double row = Math.min(Math.max((h + 0.5) / layer.size().height() - 0.5, 0), lastRow);
            double column = Math.min(Math.max((w + 0.5) / layer.size().width() - 0.5, 0), lastColumn);
            int above = (int) row;
            int left = (int) column;
            int below = Math.min(above + 1, lastRow);
            int right = Math.min(left + 1, lastColumn);
            double down = row - above;
            double across = column - left;
            return (1 - down) * (1 - across) * x.pixel(format, b, above, left, c)
                    + (1 - down) * across * x.pixel(format, b, above, right, c)
                    + down * (1 - across) * x.pixel(format, b, below, left, c)
                    + down * across * x.pixel(format, b, below, right, c);
        });
    }

    private static void rectified(double[] alpha, Shape shape, Array x, Array y) {
        int[] index = new int[x.shape().length];
        for (int i = 0; i < x.values().length; i++) {
            int place = 0;
            int rest = i;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                index[axis] = rest % x.size(axis);
                rest /= x.size(axis);
            }
            for (int axis = 1; axis < index.length; axis++) {
                int size = shape.dimension(axis - 1);
                place = place * size + index[axis] % size;
            }
            double value = x.values()[i];
            y.values()[i] = value > 0 ? value : value * alpha[place];
        }
    }

    private void dense(int index, int units, Array x, Array y) {
        double[] kernel = variable(index, "kernel");
        double[] bias = variable(index, "bias");
        int in = x.size(x.shape().length - 1);
        for (int i = 0; i < y.values().length; i++) {
            double sum = bias[i % units];
            for (int c = 0; c < in; c++) {
                sum += x.values()[i / units * in + c] * kernel[c * units + i % units];
            }
            y.values()[i] = sum;
        }
    }

    private void normalization(int index, Array x, Array y) {
        double[] gamma = variable(index, "gamma");
        double[] beta = variable(index, "beta");
        int channels = x.size(x.shape().length - 1);
        int rows = x.values().length / channels;
        for (int c = 0; c < channels; c++) {
            double mean = training ? 0 : variable(index, "moving_mean")[c];
            double square = training ? 0 : variable(index, "moving_variance")[c];
            for (int row = 0; training && row < rows; row++) {
                mean += x.values()[row * channels + c] / rows;
            }
            for (int row = 0; training && row < rows; row++) {
                square += Math.pow(x.values()[row * channels + c] - mean, 2) / rows;
            }
            for (int row = 0; row < rows; row++) {
                int i = row * channels + c;
                y.values()[i] = (x.values()[i] - mean) / Math.sqrt(square + 1e-3) * gamma[c] + beta[c];
            }
        }
    }

    private static void pool(DataFormat format, Array x, Array y, double start, DoubleBinaryOperator function) {
        Arrays.fill(y.values(), start);
        int channels = x.size(format.channelAxis());
        pixels(format, x, (b, h, w, c) -> {
            int i = b * channels + c;
            double value = x.pixel(format, b, h, w, c);
            y.values()[i] = function.applyAsDouble(y.values()[i], value);
            return value;
        });
    }

    private static void merge(Merge layer, List<Array> inputs, Array y) {
        if (layer instanceof Concatenate concatenate) {
            concatenation(concatenate.axis(), inputs, y);
            return;
        }
        DoubleBinaryOperator function;
        if (layer instanceof Add || layer instanceof Average) {
            function = Double::sum;
        } else if (layer instanceof Subtract) {
            function = (a, b) -> a - b;
        } else if (layer instanceof Multiply) {
            function = (a, b) -> a * b;
        } else if (layer instanceof Maximum) {
            function = Math::max;
        } else if (layer instanceof Minimum) {
            function = Math::min;
        } else {
            throw new IllegalArgumentException(layer.toString());
        }
        double divisor = layer instanceof Average ? inputs.size() : 1;
        for (int i = 0; i < y.values().length; i++) {
            double merged = inputs.get(0).values()[i];
            for (Array input : inputs.subList(1, inputs.size())) {
                merged = function.applyAsDouble(merged, input.values()[i]);
            }
            y.values()[i] = merged / divisor;
        }
    }

    private static void concatenation(int axis, List<Array> inputs, Array y) {
        int place = axis < 0 ? axis + y.shape().length : axis;
        int inner = 1;
        for (int after = place + 1; after < y.shape().length; after++) {
            inner *= y.size(after);
        }
        int from = 0;
        for (Array x : inputs) {
            int run = x.size(place) * inner;
            for (int i = 0; i < x.values().length; i++) {
                y.values()[i / run * y.size(place) * inner + from + i % run] = x.values()[i];
            }
            from += run;
        }
    }
}

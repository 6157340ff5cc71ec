package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.Network;
import org.lockstep.layers.Conv2D;
import org.lockstep.model.Sequential;

/** Convolutions of many shapes against the definition in double. */
class ConvolutionGridTest {

    private record Shape(
            int batch, int[] image, int in, int filters, int[] size, int[] strides, int[] dilation, int groups) {

        @Override
        public String toString() {
            return "batch %d image %s in %d filters %d size %s strides %s dilation %s groups %d"
                    .formatted(
                            batch,
                            Arrays.toString(image),
                            in,
                            filters,
                            Arrays.toString(size),
                            Arrays.toString(strides),
                            Arrays.toString(dilation),
                            groups);
        }
    }

    /** A fixed sample of the space of shapes, with the corners that kernels like to get wrong. */
    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        int[] one = {1, 1};
        shapes.add(new Shape(2, new int[] {4, 5}, 3, 2, one, new int[] {3, 3}, one, 1));
        shapes.add(new Shape(1, new int[] {3, 3}, 1, 1, new int[] {7, 6}, one, one, 1));
        shapes.add(new Shape(1, new int[] {2, 2}, 4, 4, new int[] {3, 3}, new int[] {2, 2}, one, 1));
        shapes.add(new Shape(3, new int[] {6, 7}, 8, 8, new int[] {3, 3}, one, one, 8));
        shapes.add(new Shape(3, new int[] {6, 7}, 4, 8, new int[] {2, 3}, one, new int[] {2, 1}, 4));
        shapes.add(new Shape(2, new int[] {9, 9}, 16, 16, new int[] {3, 3}, new int[] {2, 2}, one, 16));
        shapes.add(new Shape(2, new int[] {12, 11}, 32, 48, new int[] {3, 3}, one, one, 2));
        shapes.add(new Shape(2, new int[] {12, 12}, 20, 50, new int[] {5, 5}, one, one, 1));
        shapes.add(new Shape(2, new int[] {10, 10}, 3, 17, new int[] {4, 4}, new int[] {3, 2}, one, 1));
        shapes.add(new Shape(1, new int[] {8, 30}, 5, 7, new int[] {1, 9}, new int[] {1, 4}, one, 1));
        shapes.add(new Shape(1, new int[] {8, 8}, 6, 6, new int[] {3, 3}, one, new int[] {7, 7}, 2));
        shapes.add(new Shape(3, new int[] {10, 6}, 1, 9, new int[] {5, 4}, new int[] {1, 3}, one, 1));
        shapes.add(new Shape(3, new int[] {2, 1}, 1, 3, new int[] {3, 4}, new int[] {1, 2}, one, 1));
        shapes.add(new Shape(2, new int[] {8, 7}, 16, 5, new int[] {4, 5}, new int[] {1, 3}, one, 1));
        Random random = new Random(4);
        for (int i = 0; i < 120; i++) {
            int groups = new int[] {1, 1, 1, 2, 3}[random.nextInt(5)];
            boolean dilated = random.nextInt(3) == 0;
            shapes.add(new Shape(
                    1 + random.nextInt(3),
                    new int[] {1 + random.nextInt(10), 1 + random.nextInt(10)},
                    groups * (1 + random.nextInt(9)),
                    groups * (1 + random.nextInt(9)),
                    new int[] {1 + random.nextInt(5), 1 + random.nextInt(5)},
                    dilated ? one : new int[] {1 + random.nextInt(3), 1 + random.nextInt(3)},
                    dilated ? new int[] {1 + random.nextInt(3), 1 + random.nextInt(3)} : one,
                    groups));
        }
        return shapes;
    }

    @Test
    void anyShape_inBothFormatsAndPaddings_isTheDefinition() {
        int tried = 0;
        for (Shape shape : shapes()) {
            for (String padding : List.of("valid", "same")) {
                for (String format : List.of("channels_last", "channels_first")) {
                    Conv2D layer = Conv2D.of(shape.filters(), shape.size())
                            .strides(shape.strides())
                            .padding(padding)
                            .dilationRate(shape.dilation())
                            .groups(shape.groups())
                            .dataFormat(format)
                            .name("layer");
                    if (padding.equals("valid") && !fits(shape)) {
                        continue;
                    }
                    check(shape, layer);
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(400);
    }

    private static boolean fits(Shape shape) {
        return shape.image()[0] > (shape.size()[0] - 1) * shape.dilation()[0]
                && shape.image()[1] > (shape.size()[1] - 1) * shape.dilation()[1];
    }

    private static void check(Shape shape, Conv2D layer) {
        boolean first = layer.window().dataFormat().channelAxis() == 1;
        int[] image = {shape.batch(), shape.image()[0], shape.image()[1], shape.in()};
        Sequential model = Sequential.of(layer)
                .build(first ? new int[] {image[3], image[1], image[2]} : new int[] {image[1], image[2], image[3]});
        int[] output = model.outputShape().with(0, shape.batch()).dimensions();
        int[] result = first ? new int[] {output[0], output[2], output[3], output[1]} : output;
        int[] kernelShape = {shape.size()[0], shape.size()[1], shape.in() / shape.groups(), shape.filters()};
        NaiveConvolution naive = new NaiveConvolution(
                image, kernelShape, result, shape.strides(), shape.dilation(), before(shape, layer), shape.groups());

        Tensor x = normal(1, image);
        Tensor kernel = normal(2, kernelShape);
        Tensor bias = normal(3, shape.filters());
        Tensor slopes = normal(4, result);
        double[] y = new double[slopes.size()];
        double[] dx = new double[x.size()];
        double[] dkernel = new double[kernel.size()];
        double[] dbias = new double[shape.filters()];
        for (int i = 0; i < y.length; i++) {
            y[i] = bias.values()[i % shape.filters()];
            dbias[i % shape.filters()] += slopes.values()[i];
        }
        naive.visit((xi, ki, yi) -> {
            y[yi] += (double) x.values()[xi] * kernel.values()[ki];
            dx[xi] += (double) slopes.values()[yi] * kernel.values()[ki];
            dkernel[ki] += (double) slopes.values()[yi] * x.values()[xi];
        });

        String what = shape + " " + layer.window();
        try (Bench bench = new Bench(model).weights(Map.of("layer/kernel", kernel, "layer/bias", bias))) {
            Tensor input = first ? channelsFirst(x) : x;
            Network.Pullback pullback = bench.pullback(input, first ? channelsFirst(slopes) : slopes);
            near(what + " y", first ? channelsLast(pullback.output()) : pullback.output(), y);
            near(what + " dx", first ? channelsLast(pullback.inputGradient()) : pullback.inputGradient(), dx);
            near(what + " dkernel", Tensor.of(kernelShape, bench.gradient("layer/kernel")), dkernel);
            near(what + " dbias", Tensor.of(new int[] {shape.filters()}, bench.gradient("layer/bias")), dbias);
            near(what + " inference", first ? channelsLast(bench.predict(input)) : bench.predict(input), y);
        }
    }

    private static int[] before(Shape shape, Conv2D layer) {
        int[] before = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int extent = (shape.size()[axis] - 1) * shape.dilation()[axis] + 1;
            int places = (shape.image()[axis] + shape.strides()[axis] - 1) / shape.strides()[axis];
            int total = (places - 1) * shape.strides()[axis] + extent - shape.image()[axis];
            boolean same = layer.window().padding().kerasName().equals("same");
            before[axis] = same ? Math.max(total, 0) / 2 : 0;
        }
        return before;
    }

    /** Within a few roundings of the largest number: sums cancel. */
    private static void near(String what, Tensor actual, double[] expected) {
        assertThat(actual.size()).as(what).isEqualTo(expected.length);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual.values()[i] - expected[i]))
                    .as("%s[%d]: %s instead of %s", what, i, actual.values()[i], expected[i])
                    .isLessThanOrEqualTo(2e-6 * (1 + largest));
        }
    }

    private static Tensor normal(long seed, int... shape) {
        return Tensor.of(shape, Bench.normal(seed, Arrays.stream(shape).reduce(1, (a, b) -> a * b), 1));
    }

    private static Tensor channelsFirst(Tensor x) {
        int[] shape = x.shape();
        return permuted(x, shape[1] * shape[2], shape[3], shape[0], shape[3], shape[1], shape[2]);
    }

    private static Tensor channelsLast(Tensor x) {
        int[] shape = x.shape();
        return permuted(x, shape[1], shape[2] * shape[3], shape[0], shape[2], shape[3], shape[1]);
    }

    /** (batch, rows, columns) with rows and columns exchanged. */
    private static Tensor permuted(Tensor x, int rows, int columns, int... shape) {
        float[] values = new float[x.size()];
        for (int i = 0; i < values.length; i++) {
            int column = i % columns;
            int row = i / columns % rows;
            int batch = i / (rows * columns);
            values[(batch * columns + column) * rows + row] = x.values()[i];
        }
        return Tensor.of(shape, values);
    }
}

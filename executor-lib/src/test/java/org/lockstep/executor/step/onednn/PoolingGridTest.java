package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lockstep.executor.step.Near.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.Network;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;

/** Poolings of many shapes against the definition in double. */
class PoolingGridTest {

    @Test
    void anyShape_isTheDefinition() {
        Random random = new Random(11);
        int tried = 0;
        for (int i = 0; i < 150; i++) {
            int[] image = {1 + random.nextInt(3), 1 + random.nextInt(11), 1 + random.nextInt(11), 1 + random.nextInt(20)
            };
            int[] size = {1 + random.nextInt(5), 1 + random.nextInt(5)};
            int[] strides = {1 + random.nextInt(4), 1 + random.nextInt(4)};
            for (String padding : List.of("valid", "same")) {
                if (padding.equals("same") || (image[1] >= size[0] && image[2] >= size[1])) {
                    check(true, image, size, strides, padding);
                    check(false, image, size, strides, padding);
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(200);
    }

    private static void check(boolean max, int[] image, int[] size, int[] strides, String padding) {
        Layer layer = max
                ? MaxPooling2D.of(size).strides(strides).padding(padding).dataFormat("channels_last")
                : AveragePooling2D.of(size).strides(strides).padding(padding).dataFormat("channels_last");
        Sequential model = Sequential.of(layer).build(image[1], image[2], image[3]);
        int[] result = model.outputShape().with(0, image[0]).dimensions();
        int[] before = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int total = (result[axis + 1] - 1) * strides[axis] + size[axis] - image[axis + 1];
            before[axis] = padding.equals("same") ? Math.max(total, 0) / 2 : 0;
        }
        int[] kernel = {size[0], size[1], 1, image[3]};
        NaiveConvolution windows =
                new NaiveConvolution(image, kernel, result, strides, new int[] {1, 1}, before, image[3]);

        Tensor x = normal(1, image);
        Tensor slopes = normal(2, result);
        double[] y = new double[slopes.size()];
        int[] cells = new int[y.length];
        int[] winner = new int[y.length];
        Arrays.fill(winner, -1);
        windows.visit((xi, ki, yi) -> {
            cells[yi]++;
            y[yi] += x.values()[xi];
            winner[yi] = winner[yi] < 0 || x.values()[xi] > x.values()[winner[yi]] ? xi : winner[yi];
        });
        double[] dx = new double[x.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = max ? x.values()[winner[i]] : y[i] / cells[i];
            dx[winner[i]] += max ? slopes.values()[i] : 0;
        }
        windows.visit((xi, ki, yi) -> dx[xi] += max ? 0 : slopes.values()[yi] / cells[yi]);

        String what = "%s %s size %s strides %s"
                .formatted(layer, Arrays.toString(image), Arrays.toString(size), Arrays.toString(strides));
        try (Bench bench = new Bench(model)) {
            Network.Pullback pullback = bench.pullback(x, slopes);
            Tensor inference = bench.predict(x);
            for (int i = 0; i < y.length; i++) {
                assertNear(what, pullback.output().values()[i], y[i]);
                assertNear(what, inference.values()[i], y[i]);
            }
            for (int i = 0; i < dx.length; i++) {
                assertNear(what, pullback.inputGradient().values()[i], dx[i]);
            }
        }
    }

    private static Tensor normal(long seed, int... shape) {
        return Tensor.of(shape, Bench.normal(seed, Arrays.stream(shape).reduce(1, (a, b) -> a * b), 1));
    }
}

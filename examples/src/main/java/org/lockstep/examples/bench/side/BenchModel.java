package org.lockstep.examples.bench.side;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lockstep.examples.ResidualNetwork;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.ReLU;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** The networks that benchmarks train: a constant here is all that commands, sides and bars need of one. */
public enum BenchModel {
    /** LeNet on 28 × 28 digits: 5 × 5 convolutions of 20 and 50 filters, dense layers of 500 and 10; 1.26 million weights. */
    LENET(28, 1),

    /** A small VGG on 32 × 32 colour images: six 3 × 3 convolutions of 32 to 128 filters, dense layers of 256 and 10. */
    VGG(32, 3),

    /** The {@link ResidualNetwork} on 32 × 32 colour images, a graph: 274,442 parameters, batch normalization throughout. */
    RESNET20(32, 3),

    /**
     * Blocks as MobileNet has them on 32 × 32 colour images: after a 3 × 3 convolution of 32 filters five times a 3 × 3
     * depthwise and a 1 × 1 convolution, of 64 to 256 filters; each normalized and cut off at 0 and 6.
     */
    MOBILENET(32, 3);

    /** Classes of all data. */
    public static final int CLASSES = 10;

    private final int edge;
    private final int channels;

    BenchModel(int edge, int channels) {
        this.edge = edge;
        this.channels = channels;
    }

    /** The model of that title. */
    public static BenchModel of(String title) {
        return Arrays.stream(values())
                .filter(model -> model.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Invalid `models`: must be among %s. Received: %s"
                        .formatted(
                                Arrays.stream(values()).map(BenchModel::title).toList(), title)));
    }

    /** The name on the command line, in tables and in JSON. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Width and height of an image. */
    public int edge() {
        return edge;
    }

    /** Channels of an image. */
    public int channels() {
        return channels;
    }

    /** The network, built, with a softmax over the classes at its end. */
    public Model network() {
        Input input = Input.of(edge, edge, channels);
        Dense output = Dense.of(CLASSES).activation("softmax");
        return switch (this) {
            case LENET ->
                Sequential.of(
                        input,
                        convolution(20, 5),
                        MaxPooling2D.of(2),
                        convolution(50, 5),
                        MaxPooling2D.of(2),
                        Flatten.of(),
                        Dense.of(500).activation("relu"),
                        output);
            case VGG ->
                Sequential.of(
                        input,
                        convolution(32, 3),
                        convolution(32, 3),
                        MaxPooling2D.of(2),
                        convolution(64, 3),
                        convolution(64, 3),
                        MaxPooling2D.of(2),
                        convolution(128, 3),
                        convolution(128, 3),
                        MaxPooling2D.of(2),
                        Flatten.of(),
                        Dense.of(256).activation("relu"),
                        output);
            case RESNET20 -> ResidualNetwork.of(CLASSES);
            case MOBILENET -> mobilenet(input, output);
        };
    }

    private static Sequential mobilenet(Input input, Dense output) {
        List<Layer> layers = new ArrayList<>(List.of(input));
        normalized(layers, Conv2D.of(32, 3).padding("same").useBias(false));
        int[] filters = {64, 128, 128, 256, 256};
        int[] strides = {1, 2, 1, 2, 1};
        for (int i = 0; i < filters.length; i++) {
            normalized(
                    layers,
                    DepthwiseConv2D.of(3).strides(strides[i]).padding("same").useBias(false));
            normalized(layers, Conv2D.of(filters[i], 1).useBias(false));
        }
        layers.add(GlobalAveragePooling2D.of());
        layers.add(output);
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    private static void normalized(List<Layer> layers, Layer convolution) {
        layers.addAll(List.of(convolution, BatchNormalization.of(), ReLU.of().maxValue(6.0)));
    }

    private static Conv2D convolution(int filters, int size) {
        return Conv2D.of(filters, size).padding("same").activation("relu");
    }
}

package org.lockstep.executor.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.lockstep.activations.Activation;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Tensor;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.LeakyReLU;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.ReLU;
import org.lockstep.layers.Softmax;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.losses.Loss;
import org.lockstep.losses.MeanSquaredError;
import org.lockstep.losses.Reduction;
import org.lockstep.losses.SparseCategoricalCrossentropy;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.regularizers.L1;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;

/** Models of few numbers that between them use every layer in every way that both engines know. */
final class SmallModels {

    private SmallModels() {}

    /** A model with a loss; its name is what is special about it. */
    record Compiled(String name, Sequential model, Loss loss, boolean weighted) {

        CompileConf conf() {
            return CompileConf.of(Optimizer.of("sgd"), loss, "accuracy");
        }

        /** Targets that fit the loss: class numbers, zeros and ones, or any. */
        Tensor targets(int samples) {
            int[] shape = model.outputShape().with(0, samples).dimensions();
            int classes = shape[shape.length - 1];
            Random random = new Random(4);
            if (loss instanceof SparseCategoricalCrossentropy) {
                Tensor numbers = Tensor.zeros(samples);
                for (int i = 0; i < samples; i++) {
                    numbers.values()[i] = random.nextInt(classes);
                }
                return numbers;
            }
            Tensor targets = Tensor.zeros(shape);
            for (int i = 0; i < targets.size(); i++) {
                targets.values()[i] = random.nextInt(2);
            }
            if (loss instanceof CategoricalCrossentropy) {
                for (int row = 0; row < targets.size(); row += classes) {
                    int wanted = random.nextInt(classes);
                    for (int i = 0; i < classes; i++) {
                        targets.values()[row + i] = i == wanted ? 1 : 0;
                    }
                }
            }
            return targets;
        }

        Compiled withWeights() {
            return new Compiled(name, model, loss, true);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Compiled> all() {
        List<Compiled> models = new ArrayList<>();
        models.addAll(losses());
        models.addAll(convolutions());
        models.addAll(blocks());
        models.addAll(poolings());
        models.addAll(normalizations());
        models.addAll(orders());
        models.addAll(extras());
        models.addAll(activations());
        return models;
    }

    private static List<Compiled> losses() {
        Conv2D conv = Conv2D.of(3, 3).activation("relu").dataFormat("channels_last");
        MaxPooling2D pool = MaxPooling2D.of().dataFormat("channels_last");
        Flatten flatten = flatten("channels_last");
        Dense softmax = Dense.of(4).activation("softmax");
        Dense sigmoid = Dense.of(4).activation("sigmoid");
        Loss crossentropy = CategoricalCrossentropy.of();
        Conv2D each = Conv2D.of(3, 1).activation("softmax").dataFormat("channels_last");
        return List.of(
                image("softmax and crossentropy", crossentropy, conv, pool, flatten, softmax)
                        .withWeights(),
                image("smoothed", new CategoricalCrossentropy(false, 0.1), conv, pool, flatten, softmax),
                image("summed", CategoricalCrossentropy.of().reduction(Reduction.SUM), conv, pool, flatten, softmax),
                image("softmax as a layer", crossentropy, conv, flatten, Dense.of(4), ActivationLayer.of("softmax")),
                image("probabilities", crossentropy, flatten, Dense.of(4).activation("softplus")),
                image("class numbers", SparseCategoricalCrossentropy.of(), conv, flatten, softmax)
                        .withWeights(),
                image("class logits", new SparseCategoricalCrossentropy(true), conv, flatten, Dense.of(4)),
                image("binary", BinaryCrossentropy.of(), conv, flatten, sigmoid),
                image("binary logits", new BinaryCrossentropy(true, 0.2), conv, flatten, Dense.of(1)),
                image("squares", MeanSquaredError.of(), conv, flatten, sigmoid).withWeights(),
                image("a class for each place", crossentropy, conv, each));
    }

    private static List<Compiled> convolutions() {
        List<Compiled> models = new ArrayList<>();
        for (String format : List.of("channels_last", "channels_first")) {
            Conv2D conv = Conv2D.of(3, 3).activation("tanh").dataFormat(format);
            Conv2D tall = Conv2D.of(2, 4, 1).dataFormat(format);
            models.add(image("valid, " + format, tall, conv));
            models.add(image("same, " + format, conv.padding("same"), tall.padding("same")));
            models.add(image("strides, " + format, tall.strides(1, 2), conv.strides(2, 1)));
            models.add(image("same with strides, " + format, conv.strides(2, 3).padding("same")));
            models.add(image("dilation, " + format, conv.dilationRate(1, 2)));
            models.add(image(
                    "same with dilation, " + format, conv.dilationRate(2, 3).padding("same")));
            models.add(image("no bias, " + format, conv.useBias(false), conv));
            models.add(image(
                    "one by one with strides, " + format,
                    Conv2D.of(2, 1).strides(4).padding("same").dataFormat(format)));
            models.add(image(
                    "larger than the image, " + format,
                    Conv2D.of(2, 9, 10).padding("same").dataFormat(format)));
        }
        return models;
    }

    /** Convolutions that fill blocks of 16 channels. */
    private static List<Compiled> blocks() {
        List<Compiled> models = new ArrayList<>();
        for (String format : List.of("channels_last", "channels_first")) {
            int[] sample = format.equals("channels_last") ? new int[] {7, 6, 3} : new int[] {3, 7, 6};
            Sequential pooled = Sequential.of(
                    Conv2D.of(16, 3).padding("same").activation("relu").dataFormat(format),
                    MaxPooling2D.of().padding("same").dataFormat(format),
                    Conv2D.of(48, 2).activation("tanh").dataFormat(format),
                    AveragePooling2D.of(2, 1).dataFormat(format),
                    flatten(format),
                    Dense.of(5));
            Sequential images = Sequential.of(
                    Conv2D.of(16, 2).activation("softmax").dataFormat(format),
                    BatchNormalization.of().axis(2),
                    Conv2D.of(32, 3).dataFormat(format).activation("softmax"));
            models.add(
                    new Compiled("blocks of channels, " + format, pooled.build(sample), MeanSquaredError.of(), false));
            models.add(new Compiled(
                    "blocks of channels to the end, " + format, images.build(sample), MeanSquaredError.of(), false));
        }
        return models;
    }

    private static List<Compiled> poolings() {
        List<Compiled> models = new ArrayList<>();
        for (String format : List.of("channels_last", "channels_first")) {
            for (String padding : List.of("valid", "same")) {
                String name = padding + ", " + format;
                models.add(image(
                        "maxima, " + name, MaxPooling2D.of(2).padding(padding).dataFormat(format)));
                models.add(image(
                        "means, " + name,
                        AveragePooling2D.of(2, 3).padding(padding).dataFormat(format)));
                models.add(image(
                        "overlapping maxima, " + name,
                        MaxPooling2D.of(3).strides(2, 1).padding(padding).dataFormat(format)));
                models.add(image(
                        "overlapping means, " + name,
                        AveragePooling2D.of(3).strides(2).padding(padding).dataFormat(format)));
                models.add(image(
                        "sparse maxima, " + name,
                        MaxPooling2D.of(1).strides(4).padding(padding).dataFormat(format)));
            }
            models.add(image("mean, " + format, GlobalAveragePooling2D.of().dataFormat(format), Dense.of(2)));
            models.add(image(
                    "kept mean, " + format,
                    GlobalAveragePooling2D.of().dataFormat(format).keepdims(true)));
        }
        return models;
    }

    private static List<Compiled> normalizations() {
        BatchNormalization layer = BatchNormalization.of();
        Conv2D conv = Conv2D.of(3, 3).dataFormat("channels_last");
        Conv2D first = Conv2D.of(3, 3).dataFormat("channels_first");
        return List.of(
                image("normalised", conv, layer, ActivationLayer.of("relu"), conv),
                image("normalised and cut off", conv, layer, ReLU.of().maxValue(0.5), conv),
                image("normalised and leaky", conv, layer, LeakyReLU.of(), conv),
                image("normalised input", layer.epsilon(0.1), conv),
                image("normalised, channels_first", first, layer.axis(1), first),
                image("normalised rows", conv, layer.axis(1)),
                image("normalised columns", conv, layer.axis(2), conv),
                image("normalised, not scaled", conv, layer.scale(false), conv),
                image("normalised, not centred", conv, layer.center(false), conv),
                image("normalised, nothing more", conv, layer.center(false).scale(false), conv),
                image("normalised features", flatten("channels_last"), Dense.of(4), layer, Dense.of(2)));
    }

    private static List<Compiled> orders() {
        Conv2D last = Conv2D.of(3, 2).dataFormat("channels_last");
        Conv2D first = Conv2D.of(4, 2).dataFormat("channels_first");
        MaxPooling2D pool = MaxPooling2D.of(2).dataFormat("channels_first");
        Dense dense = Dense.of(2);
        ActivationLayer softmax = ActivationLayer.of("softmax");
        return List.of(
                image("last, first, last", last, first, last),
                image("first, flat", first, pool, flatten("channels_first"), dense),
                image("first, flat as last", first, pool, flatten("channels_last"), dense),
                image("last, flat as first", last, flatten("channels_first"), dense),
                image("softmax over width", first, softmax, first),
                image("softmax over channels", last.activation("softmax"), last),
                image("flat twice", last, flatten("channels_last"), flatten("channels_first"), dense),
                image("only flat", flatten("channels_first")));
    }

    private static List<Compiled> extras() {
        Conv2D last = Conv2D.of(3, 2).dataFormat("channels_last");
        Flatten flatten = flatten("channels_last");
        Dense dense = Dense.of(3);
        return List.of(
                image("dropout", last, Dropout.of(0.3), last, Dropout.of(0.5)),
                image("dropout of rows", flatten, Dropout.of(0.4), dense),
                image("dropout of maps", last, Dropout.of(0.5).noiseShape(null, 1, 1, null), last),
                image("dropout of its own", last, Dropout.of(0.5).seed(3), last),
                image("dropout of nothing", last, Dropout.of(0), last),
                image("dropout of all", last, Dropout.of(1), last),
                image("activations as layers", last, ReLU.of().negativeSlope(0.25), last, LeakyReLU.of()),
                image("softmax as a layer of its own", CategoricalCrossentropy.of(), flatten, dense, Softmax.of()),
                image("activity", last.activityRegularizer(new L2(0.1)), last.activityRegularizer(new L1(0.2))),
                image(
                        "activity of the last",
                        flatten,
                        dense.activation("sigmoid").activityRegularizer(new L1L2(0.1, 0.2))),
                image("frozen", last, last.trainable(false), flatten, dense.trainable(false), dense));
    }

    private static List<Compiled> activations() {
        List<Activation> activations = new ArrayList<>();
        for (String name : List.of(
                "linear",
                "relu",
                "relu6",
                "leaky_relu",
                "elu",
                "selu",
                "sigmoid",
                "tanh",
                "softmax",
                "softplus",
                "softsign",
                "hard_sigmoid_keras2",
                "silu",
                "mish",
                "hard_tanh")) {
            activations.add(Activation.of(name));
        }
        activations.add(Activation.of("relu").with("max_value", 0.7));
        activations.add(Activation.of("relu").with("negative_slope", 0.3));
        activations.add(Activation.of("relu").with("negative_slope", 0.1).with("max_value", 0.5));
        activations.add(Activation.of("leaky_relu").with("negative_slope", 0.05));
        activations.add(Activation.of("leaky_relu").with("negative_slope", -0.5));
        activations.add(Activation.of("threshold").with("threshold", 0.3).with("default_value", 0));
        List<Compiled> models = new ArrayList<>();
        for (Activation activation : activations) {
            Conv2D conv = Conv2D.of(3, 2).dataFormat("channels_last").activation(activation);
            models.add(image(activation.toString(), conv, ActivationLayer.of(activation)));
        }
        return models;
    }

    private static Compiled image(String name, Layer... layers) {
        return image(name, MeanSquaredError.of(), layers);
    }

    /** A model of images of 7 × 6 × 5. */
    private static Compiled image(String name, Loss loss, Layer... layers) {
        return new Compiled(name, Sequential.of(layers).build(7, 6, 5), loss, false);
    }

    private static Flatten flatten(String format) {
        return Flatten.of().dataFormat(format);
    }
}

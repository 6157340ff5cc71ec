package org.lockstep.examples;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.callbacks.LearningRateScheduler;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.augment.RandomCrop;
import org.lockstep.data.augment.RandomFlip;
import org.lockstep.data.cifar.CifarSource;
import org.lockstep.driver.SparkModel;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Add;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.model.Functional;
import org.lockstep.model.Model;
import org.lockstep.regularizers.L2;

/**
 * The residual network of 20 layers for images of 32 × 32, with 274,442 parameters.
 *
 * <p>After He et al., Deep Residual Learning for Image Recognition (2015), section 4.2, with a 1 × 1 convolution where a
 * block changes the shape, and Keras's choices of initializer and penalty: three stages of three blocks, with 16, 32 and 64
 * filters on 32, 16 and 8 rows.
 *
 * <pre>
 * bin/lockstep submit --master 'local[2]' --class org.lockstep.examples.ResNet20 examples/target/lockstep-*-assembly.jar CIFAR_10_FOLDER EPOCHS
 * </pre>
 *
 * <p>The folder is that of CIFAR-10's binary version. As in Keras's example, Adam begins at 0.001 and slows down after 40, 60
 * and 80 % of the epochs, on images that are shifted and flipped.
 */
public final class ResNet20 {

    private static final int BLOCKS = 3;
    private static final L2 PENALTY = new L2(1e-4);

    private static final int SHARDS = 2;
    private static final int SEED = 7;

    private ResNet20() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException(
                    "Invalid arguments: must be the folder of CIFAR-10 and the number of epochs. Received: "
                            + List.of(arguments));
        }
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("resnet20"))) {
            IndexedSource images = cifar(
                            arguments[0], IntStream.rangeClosed(1, 5).mapToObj("data_batch_%d.bin"::formatted))
                    .augment(RandomCrop.padded(4), RandomFlip.horizontal());
            IndexedSource heldOut = cifar(arguments[0], Stream.of("test_batch.bin"));
            SparkModel model = train(spark, 10, images, heldOut, Integer.parseInt(arguments[1]));
            model.save("resnet20.keras");
        }
    }

    private static CifarSource cifar(String folder, Stream<String> files) {
        return CifarSource.cifar10(files.map(file -> folder + "/" + file).toArray(String[]::new))
                .scale(1f / 255);
    }

    /** A trained network; the held-out images are evaluated after each epoch. */
    static SparkModel train(
            JavaSparkContext spark, int classes, IndexedSource images, IndexedSource heldOut, int epochs) {
        SparkModel model = SparkModel.of(network(classes), spark)
                .on(ClusterConf.of().shards(SHARDS))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().batchSize(128).epochs(epochs).seed(SEED).verbose(Verbose.LINE_PER_EPOCH);
        double[] rates = {1e-3, 1e-3, 1e-4, 1e-5, 1e-6};
        model.fit(images, fit, heldOut, LearningRateScheduler.of(epoch -> rates[5 * epoch / epochs]));
        return model;
    }

    /** The model, yet to be trained; its input has three channels, its output is a probability for each class. */
    public static Functional network(int classes) {
        Input image = Input.of(32, 32, 3);
        KerasTensor x = relu(normalized(convolution(16, 3, 1).on(image)));
        for (int stage = 0; stage < 3; stage++) {
            for (int block = 0; block < BLOCKS; block++) {
                int strides = stage > 0 && block == 0 ? 2 : 1;
                x = block(x, 16 << stage, strides);
            }
        }
        KerasTensor features = GlobalAveragePooling2D.of().on(x);
        KerasTensor probabilities = Dense.of(classes)
                .activation("softmax")
                .kernelInitializer("he_normal")
                .on(features);
        return Model.of(image, probabilities).name("resnet20");
    }

    /** What two convolutions add to x; with strides, x is brought to the new shape by a third. */
    private static KerasTensor block(KerasTensor x, int filters, int strides) {
        KerasTensor y = relu(normalized(convolution(filters, 3, strides).on(x)));
        y = normalized(convolution(filters, 3, 1).on(y));
        KerasTensor shortcut =
                strides == 1 ? x : convolution(filters, 1, strides).on(x);
        return relu(Add.of().on(shortcut, y));
    }

    private static Conv2D convolution(int filters, int size, int strides) {
        return Conv2D.of(filters, size)
                .strides(strides)
                .padding("same")
                .kernelInitializer("he_normal")
                .kernelRegularizer(PENALTY);
    }

    private static KerasTensor normalized(KerasTensor x) {
        return BatchNormalization.of().on(x);
    }

    private static KerasTensor relu(KerasTensor x) {
        return ActivationLayer.of("relu").on(x);
    }
}

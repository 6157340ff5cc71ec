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

/**
 * The {@link ResidualNetwork} trained on CIFAR-10.
 *
 * <pre>
 * bin/lockstep submit --master 'local[2]' --class org.lockstep.examples.ResNet20 examples/target/lockstep-*-assembly.jar CIFAR_10_FOLDER EPOCHS
 * </pre>
 *
 * <p>The folder is that of CIFAR-10's binary version. As in Keras's example, Adam begins at 0.001 and slows down after 40, 60
 * and 80 % of the epochs, on images that are shifted and flipped.
 */
public final class ResNet20 {

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
        SparkModel model = SparkModel.of(ResidualNetwork.of(classes), spark)
                .on(ClusterConf.of().shards(SHARDS))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().batchSize(128).epochs(epochs).seed(SEED).verbose(Verbose.LINE_PER_EPOCH);
        double[] rates = {1e-3, 1e-3, 1e-4, 1e-5, 1e-6};
        model.fit(images, fit, heldOut, LearningRateScheduler.of(epoch -> rates[5 * epoch / epochs]));
        return model;
    }
}

package org.lockstep.examples;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.DataSource;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.driver.SparkModel;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;

/**
 * A small network learns handwritten digits, on whatever cluster it is submitted to.
 *
 * <pre>
 * bin/lockstep submit --master 'local[2]' --class org.lockstep.examples.Digits examples/target/lockstep-*-assembly.jar
 * </pre>
 *
 * <p>Two shards and a seed decide the weights: the last line it prints is the same on every cluster.
 */
public final class Digits {

    private static final int IMAGES = 2000;
    private static final int HELD_OUT = 400;
    private static final int SHARDS = 2;
    private static final int SEED = 7;

    private Digits() {}

    public static void main(String[] arguments) {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("digits"))) {
            train(spark).forEach(System.out::println);
        }
    }

    /** The model, yet to be trained. */
    static Sequential network() {
        return Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(8, 5).activation("relu"),
                MaxPooling2D.of(2),
                Conv2D.of(16, 5).activation("relu"),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(10).activation("softmax"));
    }

    /** Trains and says how it went, in lines. */
    static List<String> train(JavaSparkContext spark) {
        DataSource digits = SyntheticDigits.of(IMAGES + HELD_OUT, SEED);
        SparkModel model = SparkModel.of(network(), spark)
                .on(ClusterConf.of().shards(SHARDS))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().batchSize(50).epochs(2).seed(SEED).verbose(Verbose.LINE_PER_EPOCH);

        History history = model.fit(digits.take(IMAGES), fit, digits.skip(IMAGES));

        return List.of(
                "digits: loss " + history.history().get("loss"),
                "digits: held-out accuracy " + history.last("val_accuracy"),
                "digits: weights " + model.state(SEED).sha256());
    }
}

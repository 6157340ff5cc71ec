package org.lockstep.examples.doors;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.spark.RowLayout;
import org.lockstep.data.spark.RowSource;
import org.lockstep.data.spark.Sample;
import org.lockstep.driver.SparkModel;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** A small network learns rows of an RDD, with shuffling and validation; it says what its weights are. */
public final class RowsTraining {

    private static final int ROWS = 600;
    private static final int FILES = 6;
    private static final int EDGE = 8;
    private static final int CLASSES = 4;

    private RowsTraining() {}

    public static void main(String[] arguments) {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("rows"))) {
            List<Integer> numbers = IntStream.range(0, ROWS).boxed().toList();
            RowLayout layout = RowLayout.of(EDGE, EDGE, 1).bytes().classes(CLASSES);
            try (RowSource rows = RowSource.of(spark.parallelize(numbers, FILES), layout, RowsTraining::sample)) {
                train(spark, rows);
            }
        }
    }

    private static void train(JavaSparkContext spark, RowSource rows) {
        Sequential network = Sequential.of(
                Input.of(EDGE, EDGE, 1), Flatten.of(), Dense.of(CLASSES).activation("softmax"));
        SparkModel model = SparkModel.of(network, spark)
                .on(ClusterConf.of().shards(2))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().batchSize(25).epochs(3).seed(5).verbose(Verbose.LINE_PER_EPOCH);

        History history = model.fit(rows.take(500), fit, rows.skip(500));

        System.out.println("rows: loss " + history.history().get("loss"));
        System.out.println("rows: held-out accuracy " + history.last("val_accuracy"));
        System.out.println("rows: weights " + model.state(0).sha256());
    }

    /** A bright row of the image says the class; the rest is a pattern of the number. */
    private static Sample sample(int number) {
        byte[] x = new byte[EDGE * EDGE];
        int label = number % CLASSES;
        for (int i = 0; i < x.length; i++) {
            int shade = (number * 131 + i * 17) % 90;
            x[i] = (byte) (i / EDGE == label ? 160 + shade : shade);
        }
        return Sample.of(x, label);
    }
}

package org.lockstep.examples.doors;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.driver.SparkModel;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/**
 * A user's job that trains on a Sequence of its own, which only {@code --jars} brings to executors: once with batches
 * made by threads, once by child processes.
 *
 * @param inChildren whether {@code get} is to be called in a child process, and nowhere else
 */
public record SequenceJob(int length, boolean inChildren) implements Sequence {

    private static final int SIZE = 4;

    public static void main(String[] arguments) {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("sequence"))) {
            for (boolean inChildren : new boolean[] {false, true}) {
                Sequential network = Sequential.of(Input.of(SIZE), Dense.of(5).activation("relu"), Dense.of(1));
                SparkModel model = SparkModel.of(network, spark)
                        .on(ClusterConf.of().shards(2))
                        .compile("adam", "mse");
                FitConf fit = FitConf.of()
                        .epochs(2)
                        .seed(3)
                        .workers(2)
                        .useMultiprocessing(inChildren)
                        .verbose(Verbose.SILENT);
                model.fit(new SequenceJob(7, inChildren), fit, new SequenceJob(3, inChildren));
                System.out.println("sequence: weights " + model.state(0).sha256());
            }
        }
    }

    @Override
    public Batch get(int index) {
        boolean isChild = System.getProperty("sun.java.command", "").endsWith("ChildMain");
        if (isChild != inChildren) {
            throw new IllegalStateException("Batch " + index + " was asked for "
                    + (isChild ? "in a child process" : "outside of a child process"));
        }
        Tensor x = Tensor.zeros(3, SIZE);
        Tensor y = Tensor.zeros(3, 1);
        for (int i = 0; i < x.size(); i++) {
            x.values()[i] = (index * 7 + i) % 5 / 5f;
            y.values()[i / SIZE] += x.values()[i];
        }
        return new Batch(x, y);
    }
}

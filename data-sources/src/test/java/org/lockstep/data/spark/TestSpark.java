package org.lockstep.data.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDBlockId;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;

/** Spark in this JVM, rows in partitions of chosen sizes, and ways to lose a shard file. */
final class TestSpark {

    private TestSpark() {}

    static SparkSession start() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("lockstep-test")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    /** The numbers from first on, in partitions of these sizes. */
    static JavaRDD<Integer> numbers(JavaSparkContext spark, int first, int... sizes) {
        return spark.parallelize(Collections.nCopies(sizes.length, 0), sizes.length)
                .mapPartitionsWithIndex((partition, none) -> numbers(first, partition, sizes), true);
    }

    private static Iterator<Integer> numbers(int first, int partition, int[] sizes) {
        int from = first;
        for (int i = 0; i < partition; i++) {
            from += sizes[i];
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < sizes[partition]; i++) {
            numbers.add(from + i);
        }
        return numbers.iterator();
    }

    /** One sample's x and y, one after the other. */
    static float[] read(Samples samples, long index) {
        Tensor x = samples.emptyX(2);
        Tensor y = samples.emptyY(2);
        samples.copy(index, x, y, 1);
        float[] both = new float[(x.size() + y.size()) / 2];
        System.arraycopy(x.values(), x.size() / 2, both, 0, x.size() / 2);
        System.arraycopy(y.values(), y.size() / 2, both, x.size() / 2, y.size() / 2);
        return both;
    }

    /** The shard file of a partition as Spark keeps it on this disk. */
    static Path path(int rdd, int partition) {
        return SparkEnv.get()
                .blockManager()
                .diskBlockManager()
                .getFile(new RDDBlockId(rdd, partition))
                .toPath();
    }

    /** Loses a shard file as if its executor had died. */
    static void lose(int rdd, int partition) {
        SparkEnv.get().blockManager().removeBlock(new RDDBlockId(rdd, partition), true);
    }
}

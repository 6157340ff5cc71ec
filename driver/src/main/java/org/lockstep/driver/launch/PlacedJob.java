package org.lockstep.driver.launch;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.lockstep.executor.spark.TaskEnd;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A plain Spark job that is run again and again, each of its tasks where it ran the time before, as far as Spark can: there
 * it finds its network and its prefetched batches. Where that executor is gone, any other will do.
 */
final class PlacedJob {

    private static final ClassTag<Integer> INTEGER = ClassTag$.MODULE$.apply(Integer.class);

    private final JavaSparkContext spark;
    private final List<List<String>> places = new ArrayList<>();

    /** Its tasks run anywhere at first. */
    PlacedJob(JavaSparkContext spark, int tasks) {
        this(spark, Collections.nCopies(tasks, List.of()));
    }

    /**
     * A job that has not run yet.
     *
     * @param places of each task, as Spark takes preferred ones; the more the better
     */
    PlacedJob(JavaSparkContext spark, List<List<String>> places) {
        this.spark = spark;
        this.places.addAll(places);
    }

    /** The work of a task, given its number. */
    interface Body<T> extends Serializable {
        TaskEnd<T> run(int task);
    }

    /** Runs all tasks; the ends come in the order of the tasks. */
    <T> List<TaskEnd<T>> run(Body<T> body) {
        List<TaskEnd<T>> ends = tasks(body).collect();
        for (int task = 0; task < ends.size(); task++) {
            places.set(task, List.of(ends.get(task).location()));
        }
        return ends;
    }

    /** Starts all tasks, and does not wait. */
    <T> JavaFutureAction<List<TaskEnd<T>>> start(Body<T> body) {
        return tasks(body).collectAsync();
    }

    private <T> JavaRDD<TaskEnd<T>> tasks(Body<T> body) {
        List<Tuple2<Integer, Seq<String>>> placed = new ArrayList<>();
        for (int task = 0; task < places.size(); task++) {
            placed.add(new Tuple2<>(
                    task, JavaConverters.asScalaBuffer(places.get(task)).toSeq()));
        }
        RDD<Integer> numbers =
                spark.sc().makeRDD(JavaConverters.asScalaBuffer(placed).toSeq(), INTEGER);
        return JavaRDD.fromRDD(numbers, INTEGER).map(body::run);
    }
}

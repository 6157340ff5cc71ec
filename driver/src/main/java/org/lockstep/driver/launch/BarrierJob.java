package org.lockstep.driver.launch;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** A Spark job whose tasks all run at the same time, from Java. */
final class BarrierJob {

    private BarrierJob() {}

    /** The work of one task. */
    interface Body<T> extends Serializable {
        T run();
    }

    /** Starts a body in each of some tasks at once; the results come in the order of the partitions. */
    @SuppressWarnings("unchecked")
    static <T> JavaFutureAction<List<T>> start(JavaSparkContext spark, int tasks, Body<T> body) {
        List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
        ClassTag<T> tag = (ClassTag<T>) ClassTag$.MODULE$.apply(Object.class);
        RDD<T> results =
                spark.parallelize(numbers, tasks).rdd().barrier().mapPartitions(new OneResult<>(body), false, tag);
        return JavaRDD.fromRDD(results, tag).collectAsync();
    }

    /** Scala's function of a partition that yields the body's one result. */
    private static final class OneResult<T> extends AbstractFunction1<Iterator<Integer>, Iterator<T>>
            implements Serializable {

        private final Body<T> body;

        OneResult(Body<T> body) {
            this.body = body;
        }

        @Override
        public Iterator<T> apply(Iterator<Integer> partition) {
            return JavaConverters.asScalaIterator(List.of(body.run()).iterator());
        }
    }
}

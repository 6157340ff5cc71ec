package org.lockstep.data.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a Dataset are what. Numbers are those of Spark's number types, and booleans as 0 and 1.
 *
 * @param x binary values (unsigned bytes), arrays of numbers, vectors of Spark ML, or numbers
 * @param y numbers, arrays of them, or vectors
 * @param weight numbers, or null for rows without weights
 */
public record RowColumns(String x, String y, @Nullable String weight) implements Serializable {

    public static RowColumns of(String x, String y) {
        return new RowColumns(x, y, null);
    }

    /** The same with a column of weights, Keras's {@code sample_weight}. */
    public RowColumns weight(String weight) {
        return new RowColumns(x, y, weight);
    }

    /** x, y and weight, as far as there are columns for them. */
    List<String> names() {
        return Stream.of(x, y, weight).filter(name -> name != null).toList();
    }

    /** The rows of these columns alone, in Spark's own form, of which each is valid until the next. */
    JavaRDD<InternalRow> select(Dataset<?> rows) {
        Column[] columns = names().stream()
                .map(name -> rows.col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new);
        return rows.select(columns).queryExecution().toRdd().toJavaRDD();
    }
}

package org.lockstep.data.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Makes samples of a Dataset's selected columns.
 *
 * @param x null for a column of bytes
 * @param weight null where there is no such column
 */
record ColumnDecoder(
        RecordFormat format,
        @Nullable ColumnValues x,
        ColumnValues y,
        @Nullable ColumnValues weight) implements Function<InternalRow, Sample> {

    /** Refuses columns that do not exist or whose types do not do. */
    static ColumnDecoder of(StructType schema, RowColumns columns, RowLayout layout) {
        boolean isBinary = type(schema, "x", columns.x()) instanceof BinaryType;
        if (layout.isBytes() && !isBinary) {
            throw invalid("x", columns.x(), "binary, as the layout is of bytes", type(schema, "x", columns.x()));
        }
        if (layout.weighted() && columns.weight() == null) {
            throw new IllegalArgumentException(
                    "Invalid `weight`: there must be a column, as the layout is with weights. Received: none");
        }
        RowLayout stored = isBinary && !layout.isBytes() ? layout.bytes() : layout;
        stored = columns.weight() == null ? stored : stored.withWeights();
        return new ColumnDecoder(
                new RecordFormat(stored, columns.names()),
                isBinary
                        ? null
                        : values(schema, "x", columns.x(), "binary, numbers, arrays of numbers or vectors of Spark ML"),
                values(schema, "y", columns.y(), "numbers, arrays of numbers or vectors of Spark ML"),
                columns.weight() == null ? null : values(schema, "weight", columns.weight(), "numbers"));
    }

    @Override
    public Sample call(InternalRow row) {
        float[] label = values(row, 1, y, format.layout().ySize());
        Sample sample = x == null
                ? Sample.of(present(row, 0).getBinary(0), label)
                : Sample.of(values(row, 0, x, format.layout().xSize()), label);
        return weight == null ? sample : sample.weight(values(row, 2, weight, 1)[0]);
    }

    private float[] values(InternalRow row, int column, ColumnValues values, int expected) {
        return values.of(present(row, column), column, expected);
    }

    private InternalRow present(InternalRow row, int column) {
        if (row.isNullAt(column)) {
            throw new BadValueException("`" + format.names().get(column) + "` must not be null. Received: null");
        }
        return row;
    }

    private static ColumnValues values(StructType schema, String option, String column, String rule) {
        DataType type = type(schema, option, column);
        ColumnValues values = ColumnValues.of(column, type);
        if (values == null) {
            throw invalid(option, column, rule, type);
        }
        return values;
    }

    private static DataType type(StructType schema, String option, String column) {
        List<String> names = Arrays.asList(schema.fieldNames());
        if (!names.contains(column)) {
            throw new IllegalArgumentException(
                    "Invalid `" + option + "`: must be one of the columns " + names + ". Received: " + column);
        }
        return schema.apply(column).dataType();
    }

    private static IllegalArgumentException invalid(String option, String column, String rule, DataType type) {
        return new IllegalArgumentException("Invalid `" + option + "`: the column must hold " + rule + ". Received: "
                + column + " of " + type.catalogString());
    }
}

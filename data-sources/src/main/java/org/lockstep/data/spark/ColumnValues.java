package org.lockstep.data.spark;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.jspecify.annotations.Nullable;

/** Reads the numbers that one column of a row holds. */
@FunctionalInterface
interface ColumnValues extends Serializable {

    String ML_VECTOR = "org.apache.spark.ml.linalg.VectorUDT";

    /** The numbers of a column that is not null; more or fewer than expected are refused. */
    float[] of(InternalRow row, int column, int expected);

    /** Reads one number of a row or an array. */
    @FunctionalInterface
    interface NumberReader extends Serializable {
        float of(SpecializedGetters values, int place);
    }

    /** The reader of a type; null for types that hold no numbers. */
    static @Nullable ColumnValues of(String name, DataType type) {
        if (type.getClass().getName().equals(ML_VECTOR)) {
            return (row, column, expected) -> MlVector.read(name, row.getStruct(column, MlVector.FIELDS), expected);
        }
        if (type instanceof ArrayType array) {
            NumberReader number = number(array.elementType());
            return number == null
                    ? null
                    : (row, column, expected) -> numbers(name, row.getArray(column), number, expected);
        }
        NumberReader number = number(type);
        return number == null ? null : (row, column, expected) -> new float[] {number.of(row, column)};
    }

    private static float[] numbers(String name, ArrayData array, NumberReader number, int expected) {
        RecordFormat.checkCount(name, expected, array.numElements());
        float[] values = new float[expected];
        for (int i = 0; i < expected; i++) {
            if (array.isNullAt(i)) {
                throw new BadValueException("`" + name + "` must not hold null. Received: null at " + i);
            }
            values[i] = number.of(array, i);
        }
        return values;
    }

    private static @Nullable NumberReader number(DataType type) {
        if (type instanceof FloatType) {
            return SpecializedGetters::getFloat;
        } else if (type instanceof DoubleType) {
            return (values, place) -> (float) values.getDouble(place);
        } else if (type instanceof ByteType) {
            return SpecializedGetters::getByte;
        } else if (type instanceof ShortType) {
            return SpecializedGetters::getShort;
        } else if (type instanceof IntegerType) {
            return SpecializedGetters::getInt;
        } else if (type instanceof LongType) {
            return SpecializedGetters::getLong;
        } else if (type instanceof BooleanType) {
            return (values, place) -> values.getBoolean(place) ? 1 : 0;
        } else if (type instanceof DecimalType decimal) {
            int precision = decimal.precision();
            int scale = decimal.scale();
            return (values, place) ->
                    (float) values.getDecimal(place, precision, scale).toDouble();
        }
        return null;
    }
}

package org.lockstep.data.spark;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** A vector of Spark ML as it lies in a row: type, size, indices, values; type 0 is sparse, 1 dense. */
final class MlVector {

    static final int FIELDS = 4;
    private static final int SPARSE = 0;

    private MlVector() {}

    static float[] read(String name, InternalRow vector, int expected) {
        ArrayData values = vector.getArray(3);
        boolean isSparse = vector.getByte(0) == SPARSE;
        RecordFormat.checkCount(name, expected, isSparse ? vector.getInt(1) : values.numElements());
        float[] all = new float[expected];
        for (int i = 0; i < values.numElements(); i++) {
            all[isSparse ? vector.getArray(2).getInt(i) : i] = (float) values.getDouble(i);
        }
        return all;
    }
}

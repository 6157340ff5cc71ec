package org.lockstep.data.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MlVectorTest {

    @Test
    void bothKinds_areReadWhole() {
        InternalRow dense = vector((byte) 1, null, null, new double[] {0.5, -1, 2});
        InternalRow sparse = vector((byte) 0, 4, new int[] {1, 3}, new double[] {7, 8});
        assertThat(MlVector.read("x", dense, 3)).containsExactly(0.5f, -1, 2);
        assertThat(MlVector.read("x", sparse, 4)).containsExactly(0, 7, 0, 8);
        assertThatThrownBy(() -> MlVector.read("x", sparse, 3)).hasMessage("`x` must have 3 values. Received: 4");
        assertThatThrownBy(() -> MlVector.read("x", dense, 4)).hasMessage("`x` must have 4 values. Received: 3");
    }

    private static InternalRow vector(@Nullable Object... fields) {
        Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i] instanceof int[] || fields[i] instanceof double[]
                    ? ArrayData.toArrayData(fields[i])
                    : fields[i];
        }
        return new GenericInternalRow(values);
    }
}

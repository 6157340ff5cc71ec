package org.lockstep.data.spark;

import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lockstep.data.BadDataException;
import org.lockstep.data.Samples;

class RowColumnsTest {

    private static final RowColumns COLUMNS = RowColumns.of("x.1", "y");

    private static SparkSession session;

    @BeforeAll
    static void start() {
        session = TestSpark.start();
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    @Test
    void binaryColumn_isScaledBytes() {
        Dataset<Row> rows =
                rows(DataTypes.BinaryType, DataTypes.IntegerType, row(new byte[] {0, 51, (byte) 255, -128}, 7));
        try (RowSource source = RowSource.of(rows, COLUMNS, RowLayout.of(2, 2, 1))) {
            assertThat(source.sampleShape()).containsExactly(2, 2, 1);
            assertThat(TestSpark.read(source.openSamples(), 0))
                    .containsExactly(0, 51 * (1f / 255), 255 * (1f / 255), 128 * (1f / 255), 7);
        }
        try (RowSource source = RowSource.of(rows, COLUMNS, RowLayout.of(4).bytes(2))) {
            assertThat(TestSpark.read(source.openSamples(), 0)).containsExactly(0, 102, 510, 256, 7);
        }
    }

    @Test
    void numbersOfEveryType_areFloats() {
        check(DataTypes.FloatType, 1.5f, 1.5f);
        check(DataTypes.DoubleType, 0.1, 0.1f);
        check(DataTypes.ByteType, (byte) -3, -3);
        check(DataTypes.ShortType, (short) 300, 300);
        check(DataTypes.IntegerType, 70_000, 70_000);
        check(DataTypes.LongType, 1L << 40, (float) (1L << 40));
        check(DataTypes.BooleanType, true, 1);
        check(DataTypes.createDecimalType(10, 2), new BigDecimal("12.25"), 12.25f);
    }

    /** As a number, in an array of x and in one of y. */
    private static void check(DataType type, Object value, float expected) {
        Dataset<Row> single = rows(type, type, row(value, value));
        try (RowSource source = RowSource.of(single, COLUMNS, RowLayout.of(1))) {
            assertThat(TestSpark.read(source.openSamples(), 0)).containsExactly(expected, expected);
        }
        Dataset<Row> arrays = rows(
                createArrayType(type), createArrayType(type), row(List.of(value, value), List.of(value, value, value)));
        try (RowSource source = RowSource.of(arrays, COLUMNS, RowLayout.of(2).y(3))) {
            assertThat(TestSpark.read(source.openSamples(), 0)).hasSize(5).containsOnly(expected);
        }
    }

    @Test
    void weightColumn_givesWeights() {
        Dataset<Row> rows = rows(DataTypes.FloatType, DataTypes.ShortType, row(1f, (short) 2), row(3f, (short) 4));
        try (RowSource source =
                RowSource.of(rows.withColumn("w", rows.col("y").multiply(0.5)), COLUMNS.weight("w"), RowLayout.of(1))) {
            Samples samples = source.openSamples();
            assertThat(samples.weighted()).isTrue();
            assertThat(samples.weight(0)).isEqualTo(1);
            assertThat(samples.weight(1)).isEqualTo(2);
            assertThat(TestSpark.read(samples, 1)).containsExactly(3, 4);
        }
    }

    @Test
    void sortedDataset_keepsItsOrder() {
        Dataset<Row> rows = session.range(0, 1000, 1, 7)
                .selectExpr("(id * 37) % 1000 AS `x.1`", "id % 10 AS y")
                .repartition(3)
                .orderBy("`x.1`");
        try (RowSource source = RowSource.of(rows, COLUMNS, RowLayout.of(1))) {
            Samples samples = source.openSamples();
            assertThat(source.samples()).isEqualTo(1000);
            for (int row = 0; row < 1000; row++) {
                assertThat(TestSpark.read(samples, row)[0]).isEqualTo(row);
            }
        }
    }

    @Test
    void badValues_nameTheirColumn() {
        DataType floats = createArrayType(DataTypes.FloatType);
        DataType y = DataTypes.DoubleType;
        assertBad(rows(floats, y, row(List.of(1f, 2f), null)), "`y` must not be null. Received: null");
        assertBad(rows(floats, y, row(null, 1.0)), "`x.1` must not be null. Received: null");
        assertBad(rows(floats, y, row(Arrays.asList(1f, null), 1.0)), "`x.1` must not hold null. Received: null at 1");
        assertBad(rows(floats, y, row(List.of(1f), 1.0)), "`x.1` must have 2 values. Received: 1");
        assertBad(rows(DataTypes.BinaryType, y, row(new byte[3], 1.0)), "`x.1` must have 2 values. Received: 3");
        assertBad(
                rows(floats, y, row(List.of(1f, 2f), Double.NaN)),
                "`y` must be a whole number in [0, 10). Received:" + " NaN");
        assertBad(rows(floats, y, row(List.of(1f, 2f), 10.0)), "`y` must be a whole number in [0, 10). Received: 10.0");
    }

    private static void assertBad(Dataset<Row> rows, String reason) {
        assertThatThrownBy(() -> RowSource.of(rows, COLUMNS, RowLayout.of(2).classes(10)))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read partition 0 at row 0: " + reason);
    }

    @Test
    void wrongColumns_areRefusedBeforeAnyJob() {
        Dataset<Row> rows = rows(DataTypes.StringType, DataTypes.IntegerType, row("a", 1));
        assertRefused(
                rows,
                RowColumns.of("pixels", "y"),
                RowLayout.of(1),
                "Invalid `x`: must be one of the columns" + " [x.1, y]. Received: pixels");
        assertRefused(
                rows,
                COLUMNS,
                RowLayout.of(1),
                "Invalid `x`: the column must hold binary, numbers, arrays of"
                        + " numbers or vectors of Spark ML. Received: x.1 of string");
        assertRefused(
                rows,
                RowColumns.of("y", "x.1"),
                RowLayout.of(1),
                "Invalid `y`: the column must hold numbers,"
                        + " arrays of numbers or vectors of Spark ML. Received: x.1 of string");
        assertRefused(
                rows,
                RowColumns.of("y", "y").weight("x.1"),
                RowLayout.of(1),
                "Invalid `weight`: the column must" + " hold numbers. Received: x.1 of string");
        assertRefused(
                rows,
                RowColumns.of("y", "y"),
                RowLayout.of(1).bytes(),
                "Invalid `x`: the column must hold" + " binary, as the layout is of bytes. Received: y of int");
        assertRefused(
                rows,
                RowColumns.of("y", "y"),
                RowLayout.of(1).withWeights(),
                "Invalid `weight`: there must be a" + " column, as the layout is with weights. Received: none");
    }

    private static void assertRefused(Dataset<Row> rows, RowColumns columns, RowLayout layout, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowSource.of(rows, columns, layout))
                .withMessage(message);
    }

    private static Row row(@Nullable Object x, @Nullable Object y) {
        return RowFactory.create(x, y);
    }

    /** A column whose name has a dot, and y. */
    private static Dataset<Row> rows(DataType x, DataType y, Row... rows) {
        StructType schema = new StructType().add("x.1", x).add("y", y);
        return session.createDataFrame(List.of(rows), schema).coalesce(1);
    }
}

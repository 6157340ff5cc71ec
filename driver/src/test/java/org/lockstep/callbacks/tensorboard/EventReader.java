package org.lockstep.callbacks.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;
import org.nd4j.shade.protobuf.UnknownFieldSet;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.hadoop.util.TFRecordReader;

/**
 * Event files as others read them: records by TensorFlow's reader for Hadoop, which computes the checksums by itself, events
 * by Protocol Buffers' parser.
 */
public final class EventReader {

    /** A value in an event file, with the event's step. */
    public record Point(long step, Summary.Value value) {

        public String tag() {
            return value.getTag();
        }

        public String plugin() {
            return value.getMetadata().getPluginData().getPluginName();
        }

        /** The one number of a scalar. */
        public float scalar() {
            assertThat(plugin()).isEqualTo("scalars");
            assertThat(value.getTensor().getDtype()).isEqualTo(DataType.DT_FLOAT);
            assertThat(shape()).isEmpty();
            return bytes().getFloat();
        }

        /** The rows of a histogram. */
        public double[][] buckets() {
            assertThat(plugin()).isEqualTo("histograms");
            assertThat(value.getTensor().getDtype()).isEqualTo(DataType.DT_DOUBLE);
            double[][] rows =
                    new double[shape().get(0).intValue()][shape().get(1).intValue()];
            ByteBuffer bytes = bytes();
            for (double[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = bytes.getDouble();
                }
            }
            return rows;
        }

        /** The strings of a tensor of strings. */
        public List<ByteString> strings() {
            TensorProto tensor = value.getTensor();
            assertThat(tensor.getDtype()).isEqualTo(DataType.DT_STRING);
            return tensor.getStringValList();
        }

        public List<Long> shape() {
            return value.getTensor().getTensorShape().getDimList().stream()
                    .map(dimension -> dimension.getSize())
                    .toList();
        }

        private ByteBuffer bytes() {
            return value.getTensor().getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private EventReader() {}

    /** The names of the event files in a folder; all files there are such. */
    public static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.sorted().toList();
            assertThat(files)
                    .allSatisfy(file -> assertThat(file.getFileName().toString())
                            .matches("events\\.out\\.tfevents\\.\\d{10}\\..+\\.\\d+\\.\\d+\\.v2"));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All values of the one event file in a folder. */
    public static List<Point> read(Path folder) {
        assertThat(files(folder)).hasSize(1);
        return points(records(files(folder).get(0)));
    }

    /** The payloads of a file's records. */
    public static List<byte[]> records(Path file) {
        try {
            TFRecordReader reader = new TFRecordReader(new ByteArrayInputStream(Files.readAllBytes(file)), true);
            List<byte[]> records = new ArrayList<>();
            for (byte @Nullable [] next = reader.read(); next != null; next = reader.read()) {
                records.add(next);
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Point> points(List<byte[]> records) {
        List<Point> points = new ArrayList<>();
        try {
            for (int i = 0; i < records.size(); i++) {
                UnknownFieldSet event = UnknownFieldSet.parseFrom(records.get(i));
                double seconds = Double.longBitsToDouble(
                        event.getField(1).getFixed64List().get(0));
                assertThat(seconds).isBetween(1.7e9, System.currentTimeMillis() / 1000.0);
                if (i == 0) {
                    assertThat(event.getField(3).getLengthDelimitedList())
                            .containsExactly(ByteString.copyFromUtf8("brain.Event:2"));
                } else {
                    assertThat(event.asMap()).containsOnlyKeys(1, 2, 5);
                    long step = event.getField(2).getVarintList().get(0);
                    Summary summary = Summary.parseFrom(
                            event.getField(5).getLengthDelimitedList().get(0));
                    summary.getValueList().forEach(value -> points.add(new Point(step, value)));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        return points;
    }
}

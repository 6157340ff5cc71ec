package org.lockstep.callbacks.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.UnknownFieldSet;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.SummaryMetadata;
import org.tensorflow.framework.SummaryMetadata.PluginData;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/** Values of summaries, as TensorFlow 2 writes them: tensors, with the plugin of TensorBoard that shows them. */
final class Summaries {

    /** The field {@code data_class} of {@code SummaryMetadata}, which is younger than ND4J's copy of the message. */
    private static final int DATA_CLASS = 4;

    private static final int SCALAR = 1;
    private static final int TENSOR = 2;
    private static final int BLOB_SEQUENCE = 3;

    private Summaries() {}

    static Summary.Value scalar(String tag, double value) {
        ByteBuffer bytes = little(Float.BYTES).putFloat((float) value).flip();
        TensorProto.Builder tensor = tensor(DataType.DT_FLOAT).setTensorContent(ByteString.copyFrom(bytes));
        return value(tag, plugin("scalars", SCALAR), tensor);
    }

    /** A tensor of rows of left edge, right edge and count. */
    static Summary.Value histogram(String tag, double[] rows) {
        ByteBuffer bytes = little(rows.length * Double.BYTES);
        bytes.asDoubleBuffer().put(rows);
        TensorProto.Builder tensor =
                tensor(DataType.DT_DOUBLE, rows.length / 3, 3).setTensorContent(ByteString.copyFrom(bytes));
        return value(tag, plugin("histograms", TENSOR), tensor);
    }

    /** A tensor of width, height and the PNG files. */
    static Summary.Value images(String tag, WeightImages images) {
        List<ByteString> strings = new ArrayList<>();
        strings.add(ByteString.copyFromUtf8(Integer.toString(images.width())));
        strings.add(ByteString.copyFromUtf8(Integer.toString(images.height())));
        images.pngs().forEach(png -> strings.add(ByteString.copyFrom(png)));
        TensorProto.Builder tensor = tensor(DataType.DT_STRING, strings.size()).addAllStringVal(strings);
        return value(tag, plugin("images", BLOB_SEQUENCE), tensor);
    }

    /** A model as Keras's JSON, which TensorBoard draws as a graph. Keras gives it no data class. */
    static Summary.Value kerasModel(String tag, String json) {
        PluginData.Builder plugin =
                PluginData.newBuilder().setPluginName("graph_keras_model").setContent(ByteString.copyFromUtf8("1"));
        TensorProto.Builder tensor = tensor(DataType.DT_STRING).addStringVal(ByteString.copyFromUtf8(json));
        return value(tag, SummaryMetadata.newBuilder().setPluginData(plugin), tensor);
    }

    private static Summary.Value value(String tag, SummaryMetadata.Builder metadata, TensorProto.Builder tensor) {
        return Summary.Value.newBuilder()
                .setTag(tag)
                .setMetadata(metadata)
                .setTensor(tensor)
                .build();
    }

    private static SummaryMetadata.Builder plugin(String name, int dataClass) {
        UnknownFieldSet.Field number =
                UnknownFieldSet.Field.newBuilder().addVarint(dataClass).build();
        return SummaryMetadata.newBuilder()
                .setPluginData(PluginData.newBuilder().setPluginName(name))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(DATA_CLASS, number)
                        .build());
    }

    private static TensorProto.Builder tensor(DataType type, int... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (int size : shape) {
            dimensions.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorProto.newBuilder().setDtype(type).setTensorShape(dimensions);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

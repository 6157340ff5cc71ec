package org.lockstep.callbacks.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.tensorflow.framework.Summary;

/** TensorFlow's message {@code Event}, which ND4J has no class of: a time, and the version of the file or a summary. */
final class Event {

    private static final String VERSION = "brain.Event:2";

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;

    private Event() {}

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** The first event of a file. */
    static byte[] version() {
        return message(out -> out.writeString(FILE_VERSION, VERSION));
    }

    static byte[] summary(long step, Summary.Value value) {
        return message(out -> {
            out.writeInt64(STEP, step);
            out.writeMessage(SUMMARY, Summary.newBuilder().addValue(value).build());
        });
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeDouble(WALL_TIME, System.currentTimeMillis() / 1000.0);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

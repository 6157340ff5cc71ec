package org.lockstep.executor.queue.child;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;

/**
 * What a child answers, as bytes: a kind, then a batch's tensors in bulk and the names of bad records, or a failure's
 * texts. Numbers are in the machine's own order, as both sides are on one machine.
 */
final class Reply {

    private static final byte DONE = 0;
    private static final byte STREAM = 1;
    private static final byte RANDOM_ACCESS = 2;
    private static final byte BATCH = 3;
    private static final byte FAILED = 4;
    private static final byte TEXT = 5;

    private Reply() {}

    static byte[] done() {
        return new byte[] {DONE};
    }

    static byte[] opened(boolean randomAccess) {
        return new byte[] {randomAccess ? RANDOM_ACCESS : STREAM};
    }

    static byte[] failed(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        byte[] message = (failure.getMessage() == null ? failure.toString() : failure.getMessage())
                .getBytes(StandardCharsets.UTF_8);
        byte[] text = trace.toString().getBytes(StandardCharsets.UTF_8);
        byte[] reply = new byte[1 + Integer.BYTES + message.length + text.length];
        buffer(reply).put(FAILED).putInt(message.length).put(message).put(text);
        return reply;
    }

    /**
     * A batch and what goes with it.
     *
     * @param skipped the bad records that the child's feed has left out since its last reply
     */
    record Made(Batch batch, List<String> skipped) {}

    static byte[] made(Made made) {
        Batch batch = made.batch();
        List<byte[]> names = made.skipped().stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList();
        long size =
                1L + TensorBytes.size(batch.x()) + TensorBytes.size(batch.y()) + TensorBytes.size(batch.sampleWeight());
        size += Integer.BYTES;
        for (byte[] name : names) {
            size += Integer.BYTES + name.length;
        }
        byte[] reply = new byte[Math.toIntExact(size)];
        ByteBuffer out = buffer(reply).put(BATCH);
        TensorBytes.put(out, batch.x());
        TensorBytes.put(out, batch.y());
        TensorBytes.put(out, batch.sampleWeight());
        out.putInt(names.size());
        names.forEach(name -> out.putInt(name.length).put(name));
        return reply;
    }

    static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] reply = new byte[1 + bytes.length];
        buffer(reply).put(TEXT).put(bytes);
        return reply;
    }

    static String text(byte[] reply) {
        read(reply);
        return new String(reply, 1, reply.length - 1, StandardCharsets.UTF_8);
    }

    /** Whether an opened feed has random access. */
    static boolean isRandomAccess(byte[] reply) {
        return read(reply).get() == RANDOM_ACCESS;
    }

    static Made made(byte[] reply) {
        ByteBuffer in = read(reply);
        in.get();
        Tensor x = TensorBytes.get(in);
        Tensor y = TensorBytes.get(in);
        if (x == null || y == null) {
            throw new IllegalStateException("Cannot read a child's batch: it lacks x or y");
        }
        Batch batch = new Batch(x, y, TensorBytes.get(in));
        List<String> skipped = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            byte[] name = new byte[in.getInt()];
            in.get(name);
            skipped.add(new String(name, StandardCharsets.UTF_8));
        }
        return new Made(batch, skipped);
    }

    /** Throws what failed in the child. */
    private static ByteBuffer read(byte[] reply) {
        ByteBuffer in = buffer(reply);
        if (in.get(0) != FAILED) {
            return in;
        }
        int length = in.getInt(1);
        int start = 1 + Integer.BYTES;
        throw new ChildException(
                new String(reply, start, length, StandardCharsets.UTF_8),
                new String(reply, start + length, reply.length - start - length, StandardCharsets.UTF_8));
    }

    /** Throws what failed in the child, if something did. */
    static void check(byte[] reply) {
        read(reply);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
}

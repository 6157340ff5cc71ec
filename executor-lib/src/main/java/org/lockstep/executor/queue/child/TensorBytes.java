package org.lockstep.executor.queue.child;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Tensor;

/** Tensors in a buffer, in bulk: rank, shape, whether the values are bytes, their scale, the values. */
final class TensorBytes {

    private static final int NONE = -1;

    private TensorBytes() {}

    static int size(@Nullable Tensor tensor) {
        return tensor == null
                ? Integer.BYTES
                : Math.addExact(Integer.BYTES * (2 + tensor.rank()) + Float.BYTES, valueBytes(tensor));
    }

    private static int valueBytes(Tensor tensor) {
        return Math.multiplyExact(tensor.size(), tensor.isBytes() ? 1 : Float.BYTES);
    }

    static void put(ByteBuffer out, @Nullable Tensor tensor) {
        if (tensor == null) {
            out.putInt(NONE);
            return;
        }
        out.putInt(tensor.rank());
        for (int length : tensor.shape()) {
            out.putInt(length);
        }
        out.putInt(tensor.isBytes() ? 1 : 0).putFloat(tensor.scale());
        if (tensor.isBytes()) {
            out.put(tensor.bytes());
        } else {
            out.asFloatBuffer().put(tensor.values());
            out.position(out.position() + valueBytes(tensor));
        }
    }

    static @Nullable Tensor get(ByteBuffer in) {
        int rank = in.getInt();
        if (rank == NONE) {
            return null;
        }
        int[] shape = new int[rank];
        int size = 1;
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = in.getInt();
            size *= shape[axis];
        }
        boolean isBytes = in.getInt() != 0;
        float scale = in.getFloat();
        if (isBytes) {
            byte[] bytes = new byte[size];
            in.get(bytes);
            return Tensor.ofBytes(shape, bytes, scale);
        }
        float[] values = new float[size];
        in.asFloatBuffer().get(values);
        in.position(in.position() + size * Float.BYTES);
        return Tensor.of(shape, values);
    }
}

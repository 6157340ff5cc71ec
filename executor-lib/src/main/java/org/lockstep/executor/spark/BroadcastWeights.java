package org.lockstep.executor.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Broadcast weights where a network can read them. */
final class BroadcastWeights {

    private BroadcastWeights() {}

    static FloatBuffer direct(float[] weights) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(weights.length, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        buffer.put(0, weights);
        return buffer;
    }
}

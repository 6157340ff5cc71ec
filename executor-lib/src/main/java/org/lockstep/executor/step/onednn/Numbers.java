package org.lockstep.executor.step.onednn;

import java.nio.ByteBuffer;
import org.bytedeco.dnnl.memory.data_type;
import org.lockstep.layers.DTypePolicy;

/** The type of a tensor's numbers. */
enum Numbers {
    /** 32 bits. */
    FLOAT32(data_type.f32, 4),
    /** The upper 16 bits of those: as large a range, 8 bits of precision. */
    BFLOAT16(data_type.bf16, 2);

    private final data_type type;
    private final int bytes;

    Numbers(data_type type, int bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /** What a layer of this policy computes in on this CPU: all 32 bits where it has no instructions for fewer. */
    static Numbers of(DTypePolicy policy) {
        return policy == DTypePolicy.MIXED_BFLOAT16 && Natives.knows(BFLOAT16) ? BFLOAT16 : FLOAT32;
    }

    data_type type() {
        return type;
    }

    /** Writes a 1. */
    void putOne(ByteBuffer target) {
        if (this == FLOAT32) {
            target.putFloat(1);
        } else {
            target.putShort((short) (Float.floatToIntBits(1) >>> Short.SIZE));
        }
    }

    /** Bytes of one number. */
    int bytes() {
        return bytes;
    }
}

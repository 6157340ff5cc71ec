package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.lockstep.executor.Floats;
import org.lockstep.executor.vector.Operand;

/** Room for vectors that are of no worth between two calls: one for all programs, as long as the longest. */
final class Rooms {

    private final Map<Operand, FloatBuffer> rooms = new EnumMap<>(Operand.class);
    private FloatBuffer between = FloatBuffer.allocate(0);

    FloatBuffer of(Operand operand, int length) {
        FloatBuffer room = rooms.get(operand);
        if (room == null || room.capacity() < length) {
            room = Floats.direct(length).asFloatBuffer();
            rooms.put(operand, room);
        }
        return room;
    }

    /** Room for what is between two primitives of a pass. */
    FloatBuffer between(int length) {
        if (between.capacity() < length) {
            between = Floats.direct(length).asFloatBuffer();
        }
        return between;
    }
}

package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.conf.NetworkConf.Wire;

/** An executor's nodes as they travel. For one thread at a time; rooms are used again in the next step. */
final class Outgoing {

    private final Wire wire;
    private final Bfloat16 bfloat16 = new Bfloat16();
    private final List<ByteBuffer> rooms = new ArrayList<>();

    Outgoing(Wire wire) {
        this.wire = wire;
    }

    /**
     * The bytes of a range of a node's vector; direct ones, for a socket.
     *
     * @param number the node's among those of a step
     */
    ByteBuffer part(int number, Node node, int from, int to) {
        int size = size(wire);
        return whole(number, node, from, to).slice(from * size, (to - from) * size);
    }

    /** All bytes of a node, of which those of the range are right. */
    private ByteBuffer whole(int number, Node node, int from, int to) {
        FloatBuffer gradient = node.gradient();
        if (wire == Wire.BFLOAT16) {
            ByteBuffer room = room(number, gradient.capacity() * Short.BYTES);
            bfloat16.round(gradient, room.asShortBuffer(), from, to - from);
            return room;
        }
        ByteBuffer direct = node.bytes();
        if (direct != null) {
            return direct;
        }
        ByteBuffer room = room(number, gradient.capacity() * Float.BYTES);
        room.asFloatBuffer().put(from, gradient, from, to - from);
        return room;
    }

    private ByteBuffer room(int number, int bytes) {
        while (rooms.size() <= number) {
            rooms.add(ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
        }
        return rooms.get(number);
    }

    /** Bytes of a number on the wire. */
    static int size(Wire wire) {
        return wire == Wire.BFLOAT16 ? Short.BYTES : Float.BYTES;
    }
}

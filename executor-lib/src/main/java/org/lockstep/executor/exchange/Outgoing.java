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

    /** The bytes of each node's whole vector, but for the slice that stays here; direct ones, for a socket. */
    List<ByteBuffer> of(List<Node> nodes, Slice own) {
        List<ByteBuffer> all = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            ByteBuffer direct = node.bytes();
            if (wire == Wire.BFLOAT16) {
                all.add(rounded(i, node.gradient(), own));
            } else {
                all.add(direct == null ? copied(i, node.gradient()) : direct);
            }
        }
        return all;
    }

    private ByteBuffer rounded(int number, FloatBuffer gradient, Slice own) {
        ByteBuffer room = room(number, gradient.capacity() * Short.BYTES);
        bfloat16.round(gradient, room.asShortBuffer(), 0, own.from());
        bfloat16.round(gradient, room.asShortBuffer(), own.to(), gradient.capacity() - own.to());
        return room;
    }

    private ByteBuffer copied(int number, FloatBuffer gradient) {
        ByteBuffer room = room(number, gradient.capacity() * Float.BYTES);
        room.asFloatBuffer().put(0, gradient, 0, gradient.capacity());
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

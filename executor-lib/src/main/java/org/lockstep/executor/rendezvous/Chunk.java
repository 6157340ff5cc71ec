package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.Slice;

/**
 * A piece of one of a state's vectors, small enough for one message.
 *
 * @param vector 0 for the weights, then the optimizer's slots in their order
 * @param from its first number
 */
record Chunk(int vector, int from, int length) {

    /** 1 MiB. */
    static final int LONGEST = 1 << 18;

    static final int BYTES = 3 * Integer.BYTES;

    /** What an executor needs to begin: all weights, and its slice of the slots. */
    static List<Chunk> toBegin(TrainState state, Slice owned) {
        List<Chunk> chunks = new ArrayList<>();
        cut(0, 0, state.weights().capacity(), chunks);
        slots(state, owned, chunks);
        return chunks;
    }

    /** What an executor has to tell: its slice of everything. Never nothing, as the answer says that its reports are heard too. */
    static List<Chunk> toKeep(TrainState state, Slice owned) {
        List<Chunk> chunks = new ArrayList<>();
        cut(0, owned.from(), owned.to(), chunks);
        slots(state, owned, chunks);
        if (chunks.isEmpty()) {
            chunks.add(new Chunk(0, owned.from(), 0));
        }
        return chunks;
    }

    private static void slots(TrainState state, Slice owned, List<Chunk> chunks) {
        int vector = 1;
        for (FloatBuffer slot : state.slots().values()) {
            cut(vector++, owned.from(), Math.min(owned.to(), state.slotsFrom() + slot.capacity()), chunks);
        }
    }

    private static void cut(int vector, int from, int to, List<Chunk> chunks) {
        for (int at = from; at < to; at += LONGEST) {
            chunks.add(new Chunk(vector, at, Math.min(LONGEST, to - at)));
        }
    }

    static Chunk read(ByteBuffer in) {
        return new Chunk(in.getInt(), in.getInt(), in.getInt());
    }

    ByteBuffer putOn(ByteBuffer out) {
        return out.putInt(vector).putInt(from).putInt(length);
    }

    int size() {
        return length * Float.BYTES;
    }

    /** Refuses what the state does not have. */
    void check(TrainState state) {
        int all = vector < 0 ? 0 : numbers(state).capacity();
        int first = first(state);
        if (from < first || length < 0 || length > LONGEST || from - first > all - length) {
            throw new IllegalArgumentException("there is no " + this);
        }
    }

    /** Appends the numbers. */
    void copy(TrainState state, ByteBuffer out) {
        ByteBuffer bytes = out.slice(out.position(), size()).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(0, numbers(state), from - first(state), length);
        out.position(out.position() + size());
    }

    /** Takes the numbers over. */
    void put(TrainState state, ByteBuffer in) {
        if (in.remaining() != size()) {
            throw new IllegalArgumentException("%s in %d bytes".formatted(this, in.remaining()));
        }
        ByteBuffer bytes = in.slice().order(ByteOrder.nativeOrder());
        numbers(state).put(from - first(state), bytes.asFloatBuffer(), 0, length);
    }

    /** Of the numbers that the state has of the vector. */
    private int first(TrainState state) {
        return vector == 0 ? 0 : state.slotsFrom();
    }

    private FloatBuffer numbers(TrainState state) {
        if (vector == 0) {
            return state.weights();
        }
        return state.slots().values().stream()
                .skip(vector - 1L)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no vector " + vector));
    }
}

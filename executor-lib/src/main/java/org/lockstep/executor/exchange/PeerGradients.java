package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.step.BatchSums;

/**
 * Where another executor's nodes of a step come to lie: this executor's slice of each, in one body or in pieces, and their
 * sums. Bodies may come in several threads; what is complete is for one thread at a time.
 */
final class PeerGradients {

    private final List<ShardRange> ranges;
    private final int length;
    private final int size;
    private final ByteBuffer bytes;
    private final FloatBuffer floats;
    private final @Nullable Bfloat16 bfloat16;
    private List<BatchSums> sums = List.of();
    private boolean hasSums;
    private int got;

    /**
     * Room for those of some nodes.
     *
     * @param length numbers in the slice
     * @param wire what they travel as
     */
    PeerGradients(List<ShardRange> ranges, int length, Wire wire) {
        this.ranges = ranges;
        this.length = length;
        this.size = Outgoing.size(wire);
        int count = Math.multiplyExact(length, ranges.size());
        boolean isRounded = wire == Wire.BFLOAT16;
        ByteBuffer whole = ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder());
        this.floats = whole.asFloatBuffer();
        this.bytes = isRounded ? Bfloat16.room(count) : whole;
        this.bfloat16 = isRounded ? new Bfloat16() : null;
    }

    /** Where all of it goes. */
    ByteBuffer all(int bodyLength) {
        if (bodyLength != bytes.capacity()) {
            throw new IllegalArgumentException(
                    "a gradient of %d bytes instead of %d".formatted(bodyLength, bytes.capacity()));
        }
        return bytes.duplicate().clear();
    }

    /** Where a part of one node goes, from this number of the slice on. */
    ByteBuffer piece(int node, int from, int bodyLength) {
        int count = bodyLength / size;
        if (bodyLength % size != 0 || node < 0 || node >= ranges.size() || from < 0 || from > length - count) {
            throw new IllegalArgumentException(
                    "a piece of %d bytes at %d of node %d".formatted(bodyLength, from, node));
        }
        return bytes.slice((node * length + from) * size, bodyLength);
    }

    /** A body has come that begins at this number. */
    synchronized void widen(int node, int from, int bodyLength) {
        if (bfloat16 != null) {
            int begin = node * length + from;
            int count = bodyLength / size;
            bfloat16.widen(
                    bytes.slice(begin * size, bodyLength)
                            .order(ByteOrder.nativeOrder())
                            .asShortBuffer(),
                    floats.slice(begin, count));
        }
    }

    void sums(List<BatchSums> read) {
        sums = read;
    }

    /**
     * Whether the step's nodes are complete with what has just come; then the next step's begin.
     *
     * @param isSums whether that was the sums
     */
    boolean isComplete(int bodyLength, boolean isSums) {
        got += bodyLength;
        hasSums |= isSums;
        if (!hasSums || got < bytes.capacity()) {
            return false;
        }
        got = 0;
        hasSums = false;
        return true;
    }

    /** The nodes, when they are complete; of the vectors only the slice is there. */
    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            nodes.add(new Node(ranges.get(i), floats.slice(i * length, length), sums.get(i)));
        }
        return nodes;
    }
}

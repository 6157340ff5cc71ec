package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;

/**
 * What another executor's nodes have at pauses. Two places are enough: a peer sends the numbers of a pause only when it has
 * this executor's of the pause before, which are sent when those of the one before that have been read.
 */
final class PeerNumbers {

    private final List<ShardRange> ranges;
    private final int longest;
    private final ByteBuffer[] places = {ByteBuffer.allocate(0), ByteBuffer.allocate(0)};

    /**
     * Those of these nodes.
     *
     * @param longest the most numbers of one node
     */
    PeerNumbers(List<ShardRange> ranges, int longest) {
        this.ranges = ranges;
        this.longest = longest;
    }

    /** The most numbers that a model's training adds up at a pause: a count, and two for each channel. */
    static int longest(Model model) {
        int longest = 0;
        for (LayerCall call : model.calls()) {
            if (model.layers().get(call.layer()) instanceof BatchNormalization layer && layer.meetsOtherShards()) {
                for (WeightLayout.Slot slot : model.layout().ofLayer(call.layer())) {
                    longest = Math.max(longest, 1 + 2 * slot.size());
                }
            }
        }
        return longest;
    }

    /** Nodes' numbers for the wire. */
    static ByteBuffer bytes(List<ShardRange> ranges, Map<ShardRange, double[]> nodes) {
        List<double[]> all = ranges.stream().map(nodes::get).toList();
        int numbers = all.stream().mapToInt(node -> node.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(numbers * Double.BYTES);
        for (double[] node : all) {
            bytes.asDoubleBuffer().put(node);
            bytes.position(bytes.position() + node.length * Double.BYTES);
        }
        return bytes.flip();
    }

    /** Where the numbers of a round go. */
    ByteBuffer place(int round, int length) {
        int unit = ranges.size() * Double.BYTES;
        if (length > longest * unit || (unit > 0 && length % unit != 0)) {
            throw new IllegalArgumentException("%d bytes at a pause of at most %d numbers".formatted(length, longest));
        }
        if (places[round & 1].capacity() != length) {
            places[round & 1] = ByteBuffer.allocate(length);
        }
        return places[round & 1];
    }

    /** The numbers of a round that has come. */
    Map<ShardRange, double[]> take(int round) {
        ByteBuffer bytes = places[round & 1].duplicate().clear();
        int length = ranges.isEmpty() ? 0 : bytes.remaining() / Double.BYTES / ranges.size();
        Map<ShardRange, double[]> nodes = new HashMap<>();
        for (ShardRange range : ranges) {
            double[] numbers = new double[length];
            bytes.asDoubleBuffer().get(numbers);
            bytes.position(bytes.position() + length * Double.BYTES);
            nodes.put(range, numbers);
        }
        return nodes;
    }
}

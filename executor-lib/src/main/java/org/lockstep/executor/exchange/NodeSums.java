package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.losses.Reduction;

/** The losses, metrics and counts of some nodes as bytes. */
final class NodeSums {

    private static final int FIXED = Long.BYTES + 2 * Double.BYTES + 1 + Integer.BYTES;
    private static final List<Reduction> REDUCTIONS = List.of(Reduction.values());

    private NodeSums() {}

    static int bytes(List<Node> nodes) {
        int bytes = 0;
        for (Node node : nodes) {
            bytes += FIXED + Double.BYTES * node.sums().metrics().length;
        }
        return bytes;
    }

    static void write(ByteBuffer out, List<Node> nodes) {
        for (Node node : nodes) {
            BatchSums sums = node.sums();
            out.putLong(sums.samples()).putDouble(sums.loss()).putDouble(sums.weight());
            out.put((byte) REDUCTIONS.indexOf(sums.reduction())).putInt(sums.metrics().length);
            for (double metric : sums.metrics()) {
                out.putDouble(metric);
            }
        }
    }

    static List<BatchSums> read(ByteBuffer in, int nodes) {
        List<BatchSums> all = new ArrayList<>(nodes);
        for (int i = 0; i < nodes; i++) {
            long samples = in.getLong();
            double loss = in.getDouble();
            double weight = in.getDouble();
            int reduction = in.get();
            int count = in.getInt();
            boolean isReduction = reduction >= 0 && reduction < REDUCTIONS.size();
            if (samples < 0 || !isReduction || count < 0 || count > in.remaining() / Double.BYTES) {
                throw new IllegalArgumentException(
                        "sums of %d samples and %d numbers by reduction %d".formatted(samples, count, reduction));
            }
            double[] metrics = new double[count];
            for (int j = 0; j < count; j++) {
                metrics[j] = in.getDouble();
            }
            all.add(new BatchSums(samples, loss, weight, REDUCTIONS.get(reduction), metrics));
        }
        return all;
    }
}

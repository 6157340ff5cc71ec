package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.executor.step.BatchSums;

/** The losses, metrics and counts of some nodes as bytes. */
final class NodeSums {

    private NodeSums() {}

    static int bytes(List<Node> nodes) {
        int bytes = 0;
        for (Node node : nodes) {
            bytes += Long.BYTES
                    + Double.BYTES
                    + Integer.BYTES
                    + Double.BYTES * node.sums().metrics().length;
        }
        return bytes;
    }

    static void write(ByteBuffer out, List<Node> nodes) {
        for (Node node : nodes) {
            BatchSums sums = node.sums();
            out.putLong(sums.samples()).putDouble(sums.loss()).putInt(sums.metrics().length);
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
            int count = in.getInt();
            if (samples < 0 || count < 0 || count > in.remaining() / Double.BYTES) {
                throw new IllegalArgumentException("sums of " + samples + " samples and " + count + " metrics");
            }
            double[] metrics = new double[count];
            for (int j = 0; j < count; j++) {
                metrics[j] = in.getDouble();
            }
            all.add(new BatchSums(samples, loss, metrics));
        }
        return all;
    }
}

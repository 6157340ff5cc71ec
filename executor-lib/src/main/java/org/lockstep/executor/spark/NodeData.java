package org.lockstep.executor.spark;

import java.io.Serializable;
import java.nio.FloatBuffer;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.step.BatchSums;

/** A node's sum on its way to the driver, tagged with the shards that it covers. */
public record NodeData(ShardRange range, float[] gradient, BatchSums sums) implements Serializable {

    static NodeData of(Node node) {
        FloatBuffer gradient = node.gradient();
        float[] copy = new float[gradient.capacity()];
        gradient.get(0, copy);
        return new NodeData(node.range(), copy, node.sums());
    }

    /** The node, for adding up. */
    public Node node() {
        return new Node(range, FloatBuffer.wrap(gradient), sums);
    }
}

package org.lockstep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What the workers of one JVM bring to a step, and each one's room for the sums of a step, kept from one to the next. */
final class Brought {

    private final CanonicalTree tree;
    private final AtomicReferenceArray<List<Node>> nodes;
    private final AtomicReferenceArray<TreeSums> sums;

    Brought(CanonicalTree tree, int workers) {
        this.tree = tree;
        this.nodes = new AtomicReferenceArray<>(workers);
        this.sums = new AtomicReferenceArray<>(workers);
    }

    int workers() {
        return nodes.length();
    }

    void bring(int worker, List<Node> own) {
        nodes.set(worker, own);
    }

    /** All workers' nodes, once all have brought them. */
    List<Node> all() {
        List<Node> all = new ArrayList<>();
        for (int worker = 0; worker < nodes.length(); worker++) {
            all.addAll(nodes.get(worker));
        }
        return all;
    }

    /** The sums of these nodes, in a worker's own room. */
    TreeSums sums(int worker, List<Node> of) {
        TreeSums before = sums.get(worker);
        TreeSums next = before == null ? new TreeSums(tree, of) : before.next(of);
        sums.set(worker, next);
        return next;
    }
}

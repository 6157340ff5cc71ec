package org.lockstep.executor.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The pauses of an executor's workers: what their shards have there, summed over all shards of the run. */
final class Pauses {

    private final CanonicalTree tree;
    private final ShardRange shards;
    private final MeetingPoint meeting;
    private final Mesh mesh;
    private final Rounds rounds;
    private final AtomicReferenceArray<List<double[]>> given;
    private double[] sums = {};

    /**
     * Pauses of this many workers.
     *
     * @param shards the executor's
     */
    Pauses(CanonicalTree tree, ShardRange shards, int workers, MeetingPoint meeting, Mesh mesh, Rounds rounds) {
        this.tree = tree;
        this.shards = shards;
        this.meeting = meeting;
        this.mesh = mesh;
        this.rounds = rounds;
        this.given = new AtomicReferenceArray<>(workers);
    }

    /**
     * The sums, the same for all workers.
     *
     * @param local the worker's number in this executor; the first talks to the others
     */
    double[] sum(int local, List<double[]> byShard) throws InterruptedException {
        given.set(local, byShard);
        meeting.await();
        if (local == 0) {
            List<ShardRange> ranges = tree.within(shards);
            ShardNumbers mine = new ShardNumbers(shards.from(), given);
            Map<ShardRange, double[]> nodes = new HashMap<>();
            ranges.forEach(range -> nodes.put(range, mine.sum(range)));
            int round = rounds.gatherNumbers(PeerNumbers.bytes(ranges, nodes));
            mesh.peers().forEach(peer -> nodes.putAll(peer.numbers().take(round)));
            sums = ShardNumbers.sum(tree.root(), nodes::get);
        }
        meeting.await();
        return sums;
    }
}

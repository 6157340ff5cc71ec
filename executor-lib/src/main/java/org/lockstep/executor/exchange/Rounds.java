package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.optimizer.Partials;

/** What one executor says to all others in each step, and what it waits for. For one thread at a time. */
final class Rounds {

    /** Between a peer's gradient and the end of its update lies no work of users: it must not take long. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Mesh mesh;
    private final Slice own;
    private final Outgoing outgoing;
    private final int[] rounds = new int[Kind.CODES];
    /** From here on the peers have been sent what the next step needs. */
    private int gone = Integer.MAX_VALUE;

    Rounds(Mesh mesh, Slice own, Wire wire) {
        this.mesh = mesh;
        this.own = own;
        this.outgoing = new Outgoing(wire);
    }

    /**
     * Sends each peer its slice of the executor's nodes, and waits for this executor's slice of theirs.
     *
     * @return whether anybody stops
     */
    boolean scatter(List<Node> mine, boolean stops) throws InterruptedException {
        int round = next(Kind.GRADIENT);
        ByteBuffer message = Kind.GRADIENT.head(round, 1 + NodeSums.bytes(mine)).put((byte) (stops ? 1 : 0));
        NodeSums.write(message, mine);
        message.flip();
        boolean isAhead = gone < Integer.MAX_VALUE;
        if (isAhead) {
            send(mine, 0, round);
            gone = Integer.MAX_VALUE;
        }
        for (Peer peer : mesh.peers()) {
            Slice slice = peer.slice();
            ByteBuffer[] body = new ByteBuffer[isAhead ? 0 : mine.size()];
            for (int i = 0; i < body.length; i++) {
                body[i] = outgoing.part(i, mine.get(i), slice.from(), slice.to());
            }
            peer.post(message.duplicate(), body);
        }
        // No deadline: another's data may be slow. Whether it lives is the heartbeat's to judge.
        mesh.await(Kind.GRADIENT, round, null);
        return stops || mesh.peers().stream().anyMatch(Peer::stops);
    }

    /** Sends each peer what it has not been sent yet of its slice, of the next step's nodes from this place on. */
    void ahead(List<Node> nodes, int from) {
        send(nodes, from, rounds[Kind.GRADIENT.code()]);
    }

    private void send(List<Node> nodes, int from, int round) {
        for (Peer peer : mesh.peers()) {
            Slice slice = peer.slice();
            int begin = Math.max(from, slice.from());
            int end = Math.min(gone, slice.to());
            for (int i = 0; i < nodes.size() && begin < end; i++) {
                ByteBuffer message = Kind.PIECE
                        .head(round, 2 * Integer.BYTES)
                        .putInt(i)
                        .putInt(begin - slice.from())
                        .flip();
                peer.post(message, outgoing.part(i, nodes.get(i), begin, end));
            }
        }
        gone = from;
    }

    /** Completes the sums that span blocks with the peers' blocks. */
    void gatherPartials(Partials partials) throws InterruptedException {
        ByteBuffer bytes = ByteBuffer.allocate(Partials.bytes(own.blocks()));
        partials.write(bytes, own.fromBlock(), own.toBlock());
        bytes.flip();
        int round = next(Kind.PARTIALS);
        mesh.peers().forEach(peer -> peer.post(Kind.PARTIALS.message(round), bytes.duplicate()));
        mesh.await(Kind.PARTIALS, round, DEADLINE);
        mesh.peers().forEach(peer -> peer.readPartials(partials));
    }

    /**
     * Completes the weights with the peers' slices.
     *
     * @param areChangedNext whether this executor goes on to change the weights, in the place that they are sent from
     */
    void gatherWeights(ByteBuffer weights, boolean areChangedNext) throws InterruptedException {
        ByteBuffer slice = own.of(weights);
        int round = next(Kind.WEIGHTS);
        mesh.peers().forEach(peer -> peer.post(Kind.WEIGHTS.message(round), slice.duplicate()));
        mesh.await(Kind.WEIGHTS, round, DEADLINE);
        if (areChangedNext) {
            int done = next(Kind.GATHERED);
            mesh.peers().forEach(peer -> peer.post(Kind.GATHERED.message(done)));
            mesh.await(Kind.GATHERED, done, DEADLINE);
        }
    }

    /** Sends all peers what this executor's nodes have at a pause, and waits for theirs; returns which pause it is. */
    int gatherNumbers(ByteBuffer numbers) throws InterruptedException {
        int round = next(Kind.NUMBERS);
        mesh.peers().forEach(peer -> peer.post(Kind.NUMBERS.message(round), numbers.duplicate()));
        // No deadline: another's data may be slow before the first pause of a step.
        mesh.await(Kind.NUMBERS, round, null);
        return round;
    }

    /** Whether anybody stops. */
    boolean agree(boolean stops) throws InterruptedException {
        int round = next(Kind.AGREE);
        mesh.peers().forEach(peer -> peer.post(Kind.AGREE.message(round, stops)));
        mesh.await(Kind.AGREE, round, DEADLINE);
        return stops || mesh.peers().stream().anyMatch(Peer::agreesToStop);
    }

    /** Counts the rounds of each kind of message. */
    private int next(Kind kind) {
        return rounds[kind.code()]++;
    }
}

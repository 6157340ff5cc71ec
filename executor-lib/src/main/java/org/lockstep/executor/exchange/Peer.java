package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.optimizer.Partials;
import org.lockstep.executor.transport.Link;
import org.lockstep.executor.transport.Receiver;

/**
 * Another executor as one executor of a network exchange sees it, with the buffers that its messages land in.
 *
 * <p>One buffer of each kind is enough: a peer begins a round only when it has this executor's weights of the round before,
 * which are sent when all that came in that round has been read.
 */
final class Peer implements Receiver {

    private final Lookout lookout;
    private final int rank;
    private final String place;
    private final Slice slice;
    private final List<ShardRange> ranges;
    private final PeerGradients gradients;
    private final ByteBuffer partials;
    private final ByteBuffer weights;
    private final PeerNumbers numbers;
    private final int[] rounds = new int[Kind.CODES];
    private boolean stops;
    private boolean agreesToStop;
    private long sentBefore;
    private long sharedBefore;
    private boolean isConnectedHere;
    private volatile @Nullable Link link;

    /**
     * A peer.
     *
     * @param slice what it owns
     * @param ranges the nodes that it gives
     * @param own the slice that is read here of its nodes
     * @param weights all weights, of which its slice is written when it sends it
     * @param longestPause the most numbers that are added up at a pause
     * @param wire what its gradients travel as
     */
    Peer(
            Lookout lookout,
            int rank,
            String place,
            Slice slice,
            List<ShardRange> ranges,
            Slice own,
            ByteBuffer weights,
            int longestPause,
            Wire wire) {
        this.lookout = lookout;
        this.rank = rank;
        this.place = place;
        this.slice = slice;
        this.ranges = ranges;
        this.gradients = new PeerGradients(ranges, own.length(), wire);
        this.partials = ByteBuffer.allocateDirect(Partials.bytes(slice.blocks()));
        this.weights = slice.of(weights);
        this.numbers = new PeerNumbers(ranges, longestPause);
    }

    int rank() {
        return rank;
    }

    String place() {
        return place;
    }

    Slice slice() {
        return slice;
    }

    /**
     * Takes the link to it.
     *
     * @param here whether it was connected here, not there
     */
    void link(Link connected, boolean here) {
        sentBefore = connected.sentBytes();
        sharedBefore = connected.sharedBytes();
        isConnectedHere = here;
        link = connected;
        connected.receiver(this);
    }

    /** Sends what must arrive even if nobody here waits for it. */
    void send(ByteBuffer message) {
        Link to = link;
        if (to != null) {
            to.send(message);
        }
    }

    /** Sends what its {@link Lookout#await} waits for. */
    void post(ByteBuffer message, ByteBuffer... body) {
        Link to = link;
        if (to != null) {
            to.post(message, body);
        }
    }

    /** Looks for what it has posted. */
    void collect() {
        Link from = link;
        if (from != null) {
            from.collect();
        }
    }

    /** Whether what it posts must be looked for again and again. */
    boolean isCollected() {
        Link from = link;
        return from != null && from.isCollected();
    }

    long sentBytes() {
        Link to = link;
        return to == null ? 0 : to.sentBytes() - sentBefore;
    }

    long sharedBytes() {
        Link to = link;
        return to == null ? 0 : to.sharedBytes() - sharedBefore;
    }

    void close() {
        Link open = link;
        if (open != null) {
            open.close();
        }
    }

    /** Leaves the link to the next exchange that meets this peer. */
    void giveBack(Meeting meeting) {
        Link open = link;
        link = null;
        if (open == null) {
            return;
        }
        if (isConnectedHere) {
            Meeting.Address address = meeting.addresses().get(rank);
            meeting.endpoint().keep(address.host(), address.port(), open);
        } else {
            open.receiver(meeting.arrivals());
        }
    }

    boolean hasArrived(Kind kind, int round) {
        return rounds[kind.code()] > round;
    }

    boolean stops() {
        return stops;
    }

    boolean agreesToStop() {
        return agreesToStop;
    }

    /** Its nodes of this round, of which only this executor's slice is there. */
    List<Node> nodes() {
        return gradients.nodes();
    }

    void readPartials(Partials into) {
        into.read(partials.duplicate().clear(), slice.fromBlock(), slice.toBlock());
    }

    /** What its nodes had at the pause of a round. */
    PeerNumbers numbers() {
        return numbers;
    }

    @Override
    public @Nullable Body received(Link from, ByteBuffer message, int bodyLength) {
        Kind kind = Kind.of(message.get());
        int round = message.getInt();
        if (kind == Kind.ABORT) {
            lookout.fail(place + ": " + Kind.text(message));
            return null;
        }
        int expected = rounds[(kind == Kind.PIECE ? Kind.GRADIENT : kind).code()];
        if (round != expected) {
            throw new IllegalArgumentException("%s of round %d instead of %d".formatted(kind, round, expected));
        }
        return switch (kind) {
            case PIECE -> piece(message, bodyLength);
            case GRADIENT -> gradient(message, bodyLength);
            case PARTIALS -> body(kind, partials, bodyLength);
            case WEIGHTS -> body(kind, weights, bodyLength);
            case NUMBERS -> body(kind, numbers.place(round, bodyLength), bodyLength);
            case AGREE -> {
                agreesToStop = message.get() != 0;
                yield body(kind, ByteBuffer.allocate(0), bodyLength);
            }
            default -> body(kind, ByteBuffer.allocate(0), bodyLength);
        };
    }

    private Body piece(ByteBuffer message, int bodyLength) {
        int node = message.getInt();
        int from = message.getInt();
        return new Body(gradients.piece(node, from, bodyLength), () -> landed(node, from, bodyLength, false));
    }

    /** The sums, and all nodes unless they have been sent ahead. */
    private @Nullable Body gradient(ByteBuffer message, int bodyLength) {
        stops = message.get() != 0;
        gradients.sums(NodeSums.read(message, ranges.size()));
        if (bodyLength == 0) {
            landed(0, 0, 0, true);
            return null;
        }
        return new Body(gradients.all(bodyLength), () -> landed(0, 0, bodyLength, true));
    }

    private void landed(int node, int from, int bodyLength, boolean isSums) {
        gradients.widen(node, from, bodyLength);
        lookout.arrived(() -> {
            if (gradients.isComplete(bodyLength, isSums)) {
                rounds[Kind.GRADIENT.code()]++;
            }
        });
    }

    private @Nullable Body body(Kind kind, ByteBuffer into, int bodyLength) {
        if (into.capacity() != bodyLength) {
            throw new IllegalArgumentException(
                    "%s of %d bytes instead of %d".formatted(kind, bodyLength, into.capacity()));
        }
        if (bodyLength == 0) {
            lookout.arrived(() -> rounds[kind.code()]++);
            return null;
        }
        return new Body(into.duplicate().clear(), () -> lookout.arrived(() -> rounds[kind.code()]++));
    }

    @Override
    public void asked(Link from, ByteBuffer question, Reply reply) {
        throw new IllegalArgumentException("peers ask nothing");
    }

    @Override
    public void closed(Link gone, String reason) {
        if (rounds[Kind.BYE.code()] == 0) {
            lookout.fail(place + ": " + reason);
        }
    }
}

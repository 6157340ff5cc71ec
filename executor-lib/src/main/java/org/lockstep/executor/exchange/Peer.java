package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.optimizer.Partials;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.transport.Link;
import org.lockstep.executor.transport.Receiver;

/**
 * Another executor as one executor of a network exchange sees it, with the buffers that its messages land in.
 *
 * <p>One buffer of each kind is enough: a peer begins a round only when it has this executor's weights of the round before,
 * which are sent when all that came in that round has been read.
 */
final class Peer implements Receiver {

    private final Mesh mesh;
    private final int rank;
    private final String place;
    private final Slice slice;
    private final List<ShardRange> ranges;
    private final ByteBuffer gradient;
    private final FloatBuffer gradients;
    private final @Nullable Bfloat16 bfloat16;
    private final ByteBuffer partials;
    private final ByteBuffer weights;
    private final PeerNumbers numbers;
    private final int[] rounds = new int[Kind.CODES];
    private List<BatchSums> sums = List.of();
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
            Mesh mesh,
            int rank,
            String place,
            Slice slice,
            List<ShardRange> ranges,
            Slice own,
            ByteBuffer weights,
            int longestPause,
            Wire wire) {
        this.mesh = mesh;
        this.rank = rank;
        this.place = place;
        this.slice = slice;
        this.ranges = ranges;
        int count = Math.multiplyExact(own.length(), ranges.size());
        boolean isRounded = wire == Wire.BFLOAT16;
        ByteBuffer floats = ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder());
        this.gradients = floats.asFloatBuffer();
        this.gradient = isRounded ? Bfloat16.room(count) : floats;
        this.bfloat16 = isRounded ? new Bfloat16() : null;
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

    /** Sends what its {@link Mesh#await} waits for. */
    void post(ByteBuffer message, ByteBuffer... body) {
        Link to = link;
        if (to != null) {
            to.post(message, body);
        }
    }

    /** Looks for what it has posted; returns whether that must be looked for again and again. */
    boolean collect() {
        Link from = link;
        if (from == null || !from.isCollected()) {
            return false;
        }
        from.collect();
        return true;
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
        int length = ranges.isEmpty() ? 0 : gradients.capacity() / ranges.size();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            nodes.add(new Node(ranges.get(i), gradients.slice(i * length, length), sums.get(i)));
        }
        return nodes;
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
            mesh.fail(place + ": " + Kind.text(message));
            return null;
        }
        if (round != rounds[kind.code()]) {
            throw new IllegalArgumentException(
                    "%s of round %d instead of %d".formatted(kind, round, rounds[kind.code()]));
        }
        ByteBuffer into = switch (kind) {
            case GRADIENT -> gradient;
            case PARTIALS -> partials;
            case WEIGHTS -> weights;
            case NUMBERS -> numbers.place(round, bodyLength);
            default -> ByteBuffer.allocate(0);
        };
        if (into.capacity() != bodyLength) {
            throw new IllegalArgumentException(
                    "%s of %d bytes instead of %d".formatted(kind, bodyLength, into.capacity()));
        }
        if (kind == Kind.GRADIENT) {
            stops = message.get() != 0;
            sums = NodeSums.read(message, ranges.size());
        } else if (kind == Kind.AGREE) {
            agreesToStop = message.get() != 0;
        }
        if (bodyLength == 0) {
            mesh.arrived(() -> rounds[kind.code()]++);
            return null;
        }
        return new Body(into.duplicate().clear(), () -> arrived(kind));
    }

    private void arrived(Kind kind) {
        if (kind == Kind.GRADIENT && bfloat16 != null) {
            bfloat16.widen(gradient.asShortBuffer(), gradients);
        }
        mesh.arrived(() -> rounds[kind.code()]++);
    }

    @Override
    public void asked(Link from, ByteBuffer question, Reply reply) {
        throw new IllegalArgumentException("peers ask nothing");
    }

    @Override
    public void closed(Link gone, String reason) {
        if (rounds[Kind.BYE.code()] == 0) {
            mesh.fail(place + ": " + reason);
        }
    }
}

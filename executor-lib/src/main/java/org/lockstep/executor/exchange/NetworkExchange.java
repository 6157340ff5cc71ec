package org.lockstep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.optimizer.Divisors;
import org.lockstep.executor.optimizer.Partials;
import org.lockstep.executor.optimizer.Update;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;

/**
 * The exchange among executors: one instance in each, shared by its workers, who share one weight buffer.
 *
 * <pre>
 * workers' nodes  → the executor's nodes, through memory
 * at each pause:    what the layer needs of all shards, as nodes to everyone
 * reduce-scatter:   each executor gets its slice of all others' nodes, what is final before the step in pieces ahead of it;
 *                   finishes the tree, averages
 * small exchange:   what spans blocks: finite?, norms, penalties
 * update:           of the own slice; optimizer slots count with their owner only
 * all-gather:       the updated slices; constraints, by each executor for itself
 * </pre>
 *
 * <p>Order of use: {@link #join}, then as any {@link Exchange}, then close. Only an executor's first worker talks to others.
 */
public final class NetworkExchange implements Exchange, AutoCloseable {

    /** What an executor does between two steps of a synchronous run, in its first worker's thread. */
    public interface Between {
        /** Returns whether to go on. */
        boolean steps(TrainState state, Slice owned) throws InterruptedException;
    }

    private final Crew crew;
    private final int rank;
    private final Update update;
    private final Partials partials;
    private final TrainState state;
    private final Between between;
    private final MeetingPoint meeting;
    private final Mesh mesh;
    private final Rounds rounds;
    private final Slice own;
    private final List<ShardRange> ranges;
    private final Brought brought;
    private final Pauses pauses;
    /** One for each worker and agreement; the first of each talks to the others. */
    private final AtomicInteger tickets = new AtomicInteger();

    private boolean isLast;
    private boolean isAgreed;
    private volatile boolean stopped;

    private NetworkExchange(
            CanonicalTree tree,
            Crew crew,
            int rank,
            Meeting meeting,
            Update update,
            TrainState state,
            int longestPause,
            Between between) {
        this.crew = crew;
        this.rank = rank;
        this.update = update;
        this.partials = update.partials();
        this.state = state;
        this.between = between;
        int workers = crew.sizes().get(rank);
        MeetingPoint point = new MeetingPoint(workers);
        this.meeting = point;
        this.mesh = new Mesh(meeting, point::abort);
        this.own = Slice.of(update, crew, rank);
        this.rounds = new Rounds(mesh, own, meeting.wire());
        ShardRange shards = crew.shards(tree, rank);
        this.ranges = tree.within(shards);
        this.brought = new Brought(tree, workers);
        this.pauses = new Pauses(tree, shards, workers, point, mesh, rounds);
        for (int other = 0; other < crew.sizes().size(); other++) {
            if (other != rank) {
                List<ShardRange> theirs = tree.within(crew.shards(tree, other));
                Slice slice = Slice.of(update, crew, other);
                mesh.add(new Peer(
                        mesh.lookout(),
                        other,
                        meeting.places().get(other),
                        slice,
                        theirs,
                        own,
                        state.weightBytes(),
                        longestPause,
                        meeting.wire()));
            }
        }
    }

    /**
     * One executor's part of an exchange, and its links to all others.
     *
     * @param rank this executor's
     * @param state what it changes; of the slots only its slice is right
     * @throws PeerFailedException where another executor cannot be reached
     */
    public static NetworkExchange join(
            Model model,
            Optimizer optimizer,
            CanonicalTree tree,
            Crew crew,
            int rank,
            TrainState state,
            Between between,
            Meeting meeting)
            throws InterruptedException {
        Update update = new Update(model, optimizer);
        int longestPause = PeerNumbers.longest(model);
        NetworkExchange exchange = new NetworkExchange(tree, crew, rank, meeting, update, state, longestPause, between);
        try {
            exchange.mesh.join(rank);
            return exchange;
        } catch (RuntimeException | InterruptedException e) {
            exchange.mesh.abort(e);
            exchange.close();
            throw e;
        }
    }

    /** The part that this executor updates. */
    public Slice owned() {
        return own;
    }

    /** What this executor has sent to all others so far. */
    public long sentBytes() {
        return mesh.peers().stream().mapToLong(Peer::sentBytes).sum();
    }

    /** Of those, the bytes of bodies that went through memory, to executors of the same machine. */
    public long sharedBytes() {
        return mesh.peers().stream().mapToLong(Peer::sharedBytes).sum();
    }

    /** The part that one of this executor's workers updates. */
    public Slice part(int worker) {
        return Slice.of(update, block(worker), block(worker + 1));
    }

    /** The part that an executor of a crew updates. */
    public static Slice owned(Model model, Optimizer optimizer, Crew crew, int rank) {
        return Slice.of(new Update(model, optimizer), crew, rank);
    }

    /** One worker's nodes are the executor's; several first add theirs up. */
    @Override
    public boolean sendsAhead() {
        return brought.workers() == 1 && !mesh.peers().isEmpty();
    }

    @Override
    public void ahead(int worker, List<Node> nodes, int from) {
        rounds.ahead(nodes, from);
    }

    @Override
    public StepOutcome step(int worker, List<Node> nodes, @Nullable VectorMath math) throws InterruptedException {
        int local = worker - crew.first(rank);
        boolean leads = local == 0;
        List<Node> mine = local(local, nodes);
        if (leads) {
            isLast = rounds.scatter(mine, stopped);
        }
        meeting.await();
        boolean last = isLast;
        List<Node> all = sliced(mine);
        mesh.peers().forEach(peer -> all.addAll(peer.nodes()));
        TreeSums gradient = brought.sums(local, all);
        BatchSums sums = gradient.sums();
        if (sums.samples() > 0) {
            NonFiniteException.checkLoss(sums.loss(), all);
            Divisors divisors = new Divisors(sums.samples(), sums.divisor());
            average(local, new PlacedSums(gradient, own.from(), math), divisors);
        }
        meeting.await();
        if (leads) {
            rounds.gatherPartials(partials);
        }
        meeting.await();
        if (sums.samples() == 0) {
            return new StepOutcome(sums, 0, last);
        }
        NonFiniteException.checkGradient(update, partials);
        double penalty = update.penalty(partials);
        update.apply(state, partials, block(worker), block(worker + 1));
        meeting.await();
        if (leads) {
            rounds.gatherWeights(state.weightBytes(), update.needsProjection());
        }
        meeting.await();
        if (update.needsProjection()) {
            update.project(state, local, brought.workers());
            meeting.await();
        }
        if (leads) {
            update.finish(state);
        }
        return new StepOutcome(sums, penalty, last);
    }

    @Override
    public double[] sum(int worker, List<double[]> byShard) throws InterruptedException {
        return pauses.sum(worker - crew.first(rank), byShard);
    }

    /** The executor's own nodes, when all its workers' are there. */
    private List<Node> local(int local, List<Node> nodes) throws InterruptedException {
        brought.bring(local, nodes);
        meeting.await();
        long length = update.offset(update.blocks());
        int from = (int) (length * local / brought.workers());
        int to = (int) (length * (local + 1) / brought.workers());
        List<Node> merged = new LocalNodes(brought.all()).merged(ranges, from, to);
        meeting.await();
        return merged;
    }

    private List<Node> sliced(List<Node> mine) {
        List<Node> slices = new ArrayList<>();
        for (Node node : mine) {
            slices.add(new Node(node.range(), node.gradient().slice(own.from(), own.length()), node.sums()));
        }
        return slices;
    }

    private void average(int local, PlacedSums sums, Divisors divisors) throws InterruptedException {
        if (update.needsPrepare()) {
            update.prepare(state, partials, local, brought.workers());
            meeting.await();
        }
        int worker = crew.first(rank) + local;
        update.average(state, sums, divisors, partials, block(worker), block(worker + 1));
    }

    private int block(int worker) {
        return crew.block(update.blocks(), worker);
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean agree() throws InterruptedException {
        meeting.await();
        if (tickets.getAndIncrement() % brought.workers() == 0) {
            isAgreed = rounds.agree(!between.steps(state, own) || stopped);
        }
        meeting.await();
        return isAgreed;
    }

    @Override
    public void abort(Throwable cause) {
        meeting.abort(cause);
        // That a number is not finite is seen by all, each for itself.
        if (!(cause instanceof NonFiniteException)) {
            mesh.abort(cause);
        }
    }

    @Override
    public TrainState state() {
        return state;
    }

    /** Leaves, when the others have all that they wait for; by one worker, after all others' last step. */
    @Override
    public void close() {
        mesh.close();
    }
}

package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.model.Model;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.regularizers.OrthogonalRegularizer;

/**
 * One update of a {@link TrainState} from the summed gradient, in phases that several workers share.
 *
 * <pre>
 * if needsPrepare(): prepare(…, rank, workers)   barrier
 * average(…, own blocks)                         barrier
 * apply(…, own blocks)                           barrier
 * if needsProjection(): project(…, rank, workers) barrier
 * finish(…)                                      by one worker
 * </pre>
 *
 * <p>Blocks are fixed by the model, and each belongs to one worker whole; what spans blocks is summed in block order. So
 * the bits do not depend on the number of workers. An instance serves all workers. The classic misuse is to begin a phase
 * before every worker has finished the one before.
 */
public final class Update {

    private static final GradientSums NO_GRADIENT = (offset, length, into) -> Arrays.fill(into, 0, length, 0);

    private final Plan plan;
    private final Penalties penalties;
    private final Optimizer optimizer;
    private final Queue<Scratch> idle = new ConcurrentLinkedQueue<>();
    private final List<Part> prepared;
    private final List<Part> projected;

    /**
     * The update of a built model.
     *
     * @throws IllegalArgumentException where a regularizer or constraint is not defined for its variable's shape
     */
    public Update(Model model, Optimizer optimizer) {
        this.plan = Plan.of(model);
        this.penalties = new Penalties(plan);
        this.optimizer = optimizer;
        this.prepared = plan.parts().stream().filter(Part::hasWholePenalty).toList();
        this.projected =
                plan.parts().stream().filter(part -> part.constraint() != null).toList();
    }

    /** How many blocks the gradient vector has. */
    public int blocks() {
        return plan.blocks().size();
    }

    /** Where a block begins in the gradient vector; its length for the block after the last. */
    public int offset(int block) {
        return plan.offset(block);
    }

    /** Room for what one step leaves between its phases; can be used again in each step. */
    public Partials partials() {
        return new Partials(plan);
    }

    public boolean needsPrepare() {
        return !prepared.isEmpty();
    }

    /** Computes the penalties that need whole variables, for this worker's share of them. */
    public void prepare(TrainState state, Partials partials, int rank, int workers) {
        FloatBuffer weights = state.weights();
        for (int i = rank; i < prepared.size(); i += workers) {
            Part part = prepared.get(i);
            if (part.regularizer() instanceof OrthogonalRegularizer regularizer) {
                OrthogonalPenalty penalty = new OrthogonalPenalty(regularizer, part.shape(), read(weights, part));
                partials.penalty[part.fromBlock()] = penalty.value();
                partials.wholeGradient[plan.blocks().get(part.fromBlock()).part()] = penalty.gradient();
            }
        }
    }

    /**
     * The same for a loss that is averaged over samples.
     *
     * @param samples of the whole step, at least 1
     */
    public void average(
            TrainState state, GradientSums sums, long samples, Partials partials, int fromBlock, int toBlock) {
        average(state, sums, Divisors.mean(samples), partials, fromBlock, toBlock);
    }

    /**
     * Takes in these blocks of the gradient's sums: whether they are finite, their penalties, their norms.
     *
     * @param divisors of the whole step's sums
     */
    public void average(
            TrainState state, GradientSums sums, Divisors divisors, Partials partials, int fromBlock, int toBlock) {
        partials.divisors(divisors);
        FloatBuffer weights = state.weights();
        boolean needsNorms = Clipping.needsNorms(optimizer.clip());
        boolean areKnown = !needsNorms && areKnownFinite(sums, offset(fromBlock), offset(toBlock));
        if (areKnown) {
            partials.keepFinite(fromBlock, toBlock, sums);
        }
        Scratch room = borrow();
        penalties.take(weights, sums.math(), partials.penalty, fromBlock, toBlock, room);
        Norms norms = needsNorms ? new Norms(plan, partials, weights, room) : null;
        for (int number = fromBlock; number < toBlock; number++) {
            Block block = plan.blocks().get(number);
            if (!areKnown) {
                float[] read = room.loops.at(Operand.SUMS);
                sums.read(block.offset(), block.length(), read);
                partials.keep(number, block, sums, read);
                partials.isFinite[number] = true;
                room.finite.look(read, block.length());
            }
            if (norms != null) {
                partials.squaredNorm[number] = norms.squared(block);
            }
        }
        if (!room.finite.wereFinite()) {
            lookAgain(partials, fromBlock, toBlock, room);
        }
        idle.add(room);
    }

    /** Finds the blocks whose sums are not finite. */
    private void lookAgain(Partials partials, int fromBlock, int toBlock, Scratch room) {
        for (int number = fromBlock; number < toBlock; number++) {
            Block block = plan.blocks().get(number);
            float[] read = room.loops.at(Operand.SUMS);
            partials.read(number, block, read);
            room.finite.look(read, block.length());
            partials.isFinite[number] = room.finite.wereFinite();
        }
    }

    /** Whether sums that last are all finite from one place to another; false where only a read tells. */
    private static boolean areKnownFinite(GradientSums sums, int from, int to) {
        VectorMath math = sums.math();
        FloatBuffer buffer = to - from < VectorMath.LONG ? null : sums.buffer(from, to - from);
        return math != null && buffer != null && math.areFinite(buffer);
    }

    private Scratch borrow() {
        Scratch room = idle.poll();
        return room == null ? new Scratch() : room;
    }

    /** The path of the first variable whose averaged gradient, or batch statistic, is not finite; null where all are. */
    public @Nullable String firstNotFinite(Partials partials) {
        for (int number = 0; number < partials.isFinite.length; number++) {
            if (!partials.isFinite[number]) {
                return plan.parts().get(plan.blocks().get(number).part()).slot().path();
            }
        }
        return null;
    }

    /** Updates the weights, slots and moving statistics of these blocks. */
    public void apply(TrainState state, Partials partials, int fromBlock, int toBlock) {
        Scratch room = borrow();
        BlockUpdate update = new BlockUpdate(plan, optimizer, state, partials, room);
        for (Run run : plan.runs()) {
            update.apply(run.within(fromBlock, toBlock));
        }
        idle.add(room);
    }

    public boolean needsProjection() {
        return !projected.isEmpty();
    }

    /** Applies the constraints of this worker's share of the variables that have one. */
    public void project(TrainState state, int rank, int workers) {
        FloatBuffer weights = state.weights();
        for (int i = rank; i < projected.size(); i += workers) {
            Part part = projected.get(i);
            if (part.constraint() != null) {
                float[] values = read(weights, part);
                Projection.apply(part.constraint(), part.shape(), values);
                weights.put(part.slot().offset(), values);
            }
        }
    }

    /** The penalties of all trainable variables before the update. */
    public double penalty(Partials partials) {
        double sum = 0;
        for (double penalty : partials.penalty) {
            sum += penalty;
        }
        return sum;
    }

    /** The penalties of all trainable variables of a state, to the bit as a step on it without an engine would count them. */
    public double penalty(TrainState state) {
        Partials partials = partials();
        prepare(state, partials, 0, 1);
        average(state, NO_GRADIENT, 1, partials, 0, blocks());
        return penalty(partials);
    }

    /** Counts the update. */
    public void finish(TrainState state) {
        state.iterations(state.iterations() + 1);
    }

    private static float[] read(FloatBuffer weights, Part part) {
        float[] values = new float[part.slot().size()];
        weights.get(part.slot().offset(), values);
        return values;
    }
}

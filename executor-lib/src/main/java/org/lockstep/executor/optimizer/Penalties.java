package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.VectorMath;
import org.lockstep.executor.VectorMath.Terms;

/**
 * The penalties that are sums over weights, block by block: of long variables by an engine where there is one, else by loops.
 * Which, the model alone decides, so that a block's penalty has the same bits whoever it belongs to.
 */
final class Penalties {

    /** Whole blocks of a variable that an engine's threads are worth waking for. */
    private static final int LONG = 16;

    private final Plan plan;

    Penalties(Plan plan) {
        this.plan = plan;
    }

    /** Puts the penalties of these blocks to their places among those of all blocks. */
    void take(
            FloatBuffer weights,
            @Nullable VectorMath math,
            double[] penalty,
            int fromBlock,
            int toBlock,
            Scratch room) {
        for (Part part : plan.parts()) {
            int from = Math.max(part.fromBlock(), fromBlock);
            int to = Math.min(part.toBlock(), toBlock);
            Factors factors = part.penalty();
            if (from < to && !factors.isNone()) {
                int next = from;
                int whole = part.slot().size() / Block.LENGTH;
                if (math != null && whole >= LONG) {
                    next = Math.max(from, Math.min(to, part.fromBlock() + whole));
                    takeRows(factors, weights, math, penalty, from, next, room);
                }
                for (int number = next; number < to; number++) {
                    penalty[number] = loop(factors, weights, number, room);
                }
            }
        }
    }

    private void takeRows(
            Factors factors, FloatBuffer weights, VectorMath math, double[] penalty, int from, int to, Scratch room) {
        FloatBuffer rows = weights.slice(plan.offset(from), (to - from) * Block.LENGTH);
        float[] magnitudes = factors.l1() == 0 ? null : math.sums(Terms.MAGNITUDES, rows, Block.LENGTH);
        float[] squares = factors.l2() == 0 ? null : math.sums(Terms.SQUARES, rows, Block.LENGTH);
        for (int row = 0; row < to - from; row++) {
            boolean isPrecise = (magnitudes == null || Sums.isPrecise(magnitudes[row]))
                    && (squares == null || Sums.isPrecise(squares[row]));
            penalty[from + row] = isPrecise
                    ? (magnitudes == null ? 0 : factors.l1() * magnitudes[row])
                            + (squares == null ? 0 : factors.l2() * squares[row])
                    : loop(factors, weights, from + row, room);
        }
    }

    private double loop(Factors factors, FloatBuffer weights, int number, Scratch room) {
        Block block = plan.blocks().get(number);
        BlockGradient.load(block, weights, room);
        return factors.penalty(room.w, block.length(), room.sums);
    }
}

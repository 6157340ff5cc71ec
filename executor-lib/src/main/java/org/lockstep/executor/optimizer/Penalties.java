package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.executor.vector.VectorMath.Terms;

/**
 * The penalties that are sums over weights, block by block: of long variables by an engine where there is one, else by loops.
 * Which, the model alone decides, so that a block's penalty has the same bits whoever it belongs to.
 */
final class Penalties {

    /** Rows of a block, which an engine adds up in float: long enough to be fast, short enough to be precise. */
    private static final int ROWS = 4;

    private static final int ROW = Block.LENGTH / ROWS;

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
                if (math != null && part.slot().size() >= VectorMath.LONG) {
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
        float[] magnitudes = factors.l1() == 0 ? null : math.sums(Terms.MAGNITUDES, rows, ROW);
        float[] squares = factors.l2() == 0 ? null : math.sums(Terms.SQUARES, rows, ROW);
        for (int block = 0; block < to - from; block++) {
            double l1 = magnitudes == null ? 0 : factors.l1() * sum(magnitudes, block);
            double l2 = squares == null ? 0 : factors.l2() * sum(squares, block);
            penalty[from + block] = Double.isNaN(l1 + l2) ? loop(factors, weights, from + block, room) : l1 + l2;
        }
    }

    /** What the rows of a block add up to; NaN where floats did not hold it. */
    private static double sum(float[] rows, int block) {
        double sum = 0;
        for (int row = block * ROWS; row < (block + 1) * ROWS; row++) {
            sum += rows[row];
        }
        return Sums.isPrecise(sum) ? sum : Double.NaN;
    }

    private double loop(Factors factors, FloatBuffer weights, int number, Scratch room) {
        Block block = plan.blocks().get(number);
        float[] w = room.loops.at(Operand.WEIGHTS);
        weights.get(block.offset(), w, 0, block.length());
        return factors.penalty(w, block.length(), room.sums);
    }
}

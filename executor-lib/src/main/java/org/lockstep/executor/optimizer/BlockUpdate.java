package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.vector.Loops;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.optimizers.Optimizer;

/** One worker's passes over its blocks in one update: long runs of them by an engine, the rest by loops. */
final class BlockUpdate {

    private final Plan plan;
    private final Partials partials;
    private final Loops loops;
    private final FloatBuffer weights;
    private final List<FloatBuffer> slots;
    private final int slotsFrom;
    private final StepPasses passes;

    BlockUpdate(Plan plan, Optimizer optimizer, TrainState state, Partials partials, Scratch room) {
        this.plan = plan;
        this.partials = partials;
        this.loops = room.loops;
        this.weights = state.weights();
        this.slots = optimizer.slots().stream().map(state::slot).toList();
        this.slotsFrom = state.slotsFrom();
        this.passes = StepPasses.of(room.passes, plan, optimizer, state, partials);
        room.passes = passes;
    }

    /** Updates the weights, slots and moving statistics of blocks. */
    void apply(Run run) {
        if (!passes.clipsByVariable()) {
            applyAlike(run);
            return;
        }
        int from = run.fromBlock();
        while (from < run.toBlock()) {
            Part part = plan.parts().get(plan.blocks().get(from).part());
            int to = Math.min(part.toBlock(), run.toBlock());
            applyAlike(new Run(from, to, run.penalty()));
            from = to;
        }
    }

    /** Updates blocks that have the same passes. */
    private void applyAlike(Run run) {
        if (run.fromBlock() == run.toBlock() || isEngines(run)) {
            return;
        }
        for (int number = run.fromBlock(); number < run.toBlock(); number++) {
            Block block = plan.blocks().get(number);
            partials.read(number, block, loops.at(Operand.SUMS));
            apply(block, passes.of(block.part()));
        }
    }

    /** Whether an engine could update the weights at once. */
    private boolean isEngines(Run run) {
        int from = plan.offset(run.fromBlock());
        int length = plan.offset(run.toBlock()) - from;
        if (length < VectorMath.LONG || run.penalty() == null) {
            return false;
        }
        GradientSums given = partials.sums(run.fromBlock());
        VectorMath math = given.math();
        FloatBuffer sums = given.buffer(from, length);
        if (math == null || sums == null) {
            return false;
        }
        Map<Operand, FloatBuffer> vectors = new EnumMap<>(Operand.class);
        vectors.put(Operand.SUMS, sums);
        vectors.put(Operand.WEIGHTS, weights.slice(from, length));
        for (int i = 0; i < slots.size(); i++) {
            vectors.put(Operand.slot(i), slots.get(i).slice(from - slotsFrom, length));
        }
        return math.run(passes.of(plan.blocks().get(run.fromBlock()).part()), vectors);
    }

    private void apply(Block block, List<Pass> steps) {
        Part part = plan.parts().get(block.part());
        int length = block.length();
        int numbers = part.isTrainable() ? slots.size() : 0;
        weights.get(block.offset(), loops.at(Operand.WEIGHTS), 0, length);
        for (int i = 0; i < numbers; i++) {
            slots.get(i).get(block.offset() - slotsFrom, loops.at(Operand.slot(i)), 0, length);
        }
        if (part.hasWholePenalty()) {
            partials.readPenalty(block, part, loops.at(Operand.PENALTY));
        }
        loops.run(steps, length);
        weights.put(block.offset(), loops.at(Operand.WEIGHTS), 0, length);
        for (int i = 0; i < numbers; i++) {
            slots.get(i).put(block.offset() - slotsFrom, loops.at(Operand.slot(i)), 0, length);
        }
    }
}

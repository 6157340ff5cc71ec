package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Descent;
import org.lockstep.executor.TrainState;
import org.lockstep.optimizers.Optimizer;

/** One worker's pass over its blocks in one update: average, clip, decay weights, apply the rule. */
final class BlockUpdate {

    private final Plan plan;
    private final BlockGradient gradient;
    private final Partials partials;
    private final Scratch room;
    private final FloatBuffer weights;
    private final FloatBuffer[] slots;
    private final int slotsFrom;
    private final Clipping clipping;
    private final Rule rule;
    private final @Nullable Double weightDecay;
    private final float rate;
    private final @Nullable PlainSgd plain;

    BlockUpdate(
            Plan plan, BlockGradient gradient, Optimizer optimizer, TrainState state, Partials partials, Scratch room) {
        this.plan = plan;
        this.gradient = gradient;
        this.partials = partials;
        this.room = room;
        this.weights = state.weights();
        this.slots = optimizer.slots().stream().map(name -> slot(state, name)).toArray(FloatBuffer[]::new);
        this.slotsFrom = state.slotsFrom();
        this.clipping = new Clipping(optimizer.clip(), plan, partials.squaredNorm);
        this.rule = Rule.of(optimizer, state.iterations(), state.learningRate());
        this.weightDecay = optimizer.weightDecay();
        this.rate = (float) state.learningRate();
        this.plain = PlainSgd.of(optimizer, state.learningRate(), partials.samples());
    }

    private static FloatBuffer slot(TrainState state, String name) {
        FloatBuffer slot = state.slots().get(name);
        if (slot == null) {
            throw new IllegalArgumentException("Cannot update: the state has no optimizer slot `%s`, only %s"
                    .formatted(name, state.slots().keySet()));
        }
        return slot;
    }

    /** Updates the weights, slots and moving statistics of blocks. */
    void apply(Run run) {
        if (run.fromBlock() == run.toBlock() || descends(run)) {
            return;
        }
        for (int number = run.fromBlock(); number < run.toBlock(); number++) {
            List<Block> pieces = plan.blocks().get(number).pieces();
            for (int i = 0; i < pieces.size(); i++) {
                Block piece = pieces.get(i);
                partials.read(number, piece, room.g);
                BlockGradient.load(piece, weights, room);
                follow(piece);
                weights.put(piece.offset(), room.w, 0, piece.length());
            }
        }
    }

    /** Whether who has the sums could update the weights at once. */
    private boolean descends(Run run) {
        if (plain == null || run.penalty() == null) {
            return false;
        }
        Descent step = plain.with(run.penalty());
        GradientSums sums = partials.sums(run.fromBlock());
        return sums.descend(weights, step, plan.offset(run.fromBlock()), plan.offset(run.toBlock()));
    }

    private void follow(Block piece) {
        gradient.average(piece, partials, room);
        Double momentum = plan.parts().get(piece.part()).momentum();
        if (momentum == null) {
            train(piece);
        } else {
            blend(room.w, room.g, momentum.floatValue(), (float) (1 - momentum), piece.length());
        }
    }

    /** Updates a block of a trainable variable, given its weights and their averaged gradient. */
    private void train(Block block) {
        int length = block.length();
        clipping.apply(block, room.g);
        if (weightDecay != null) {
            decay(room.w, weightDecay.floatValue(), rate, length);
        }
        // The compiler makes vector instructions of a loop only where all arrays are read at the same places.
        float[][] s = room.slots(slots.length);
        for (int i = 0; i < s.length; i++) {
            slots[i].get(block.offset() - slotsFrom, s[i], 0, length);
        }
        rule.update(room.w, room.g, s, length);
        for (int i = 0; i < s.length; i++) {
            slots[i].put(block.offset() - slotsFrom, s[i], 0, length);
        }
    }

    private static void decay(float[] w, float decay, float rate, int length) {
        for (int i = 0; i < length; i++) {
            w[i] -= w[i] * decay * rate;
        }
    }

    /** Moves a moving statistic, given it and the mean: moving · momentum + mean · (1 − momentum). */
    private static void blend(float[] w, float[] g, float stay, float gain, int length) {
        for (int i = 0; i < length; i++) {
            w[i] = w[i] * stay + g[i] * gain;
        }
    }
}

package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.optimizers.Optimizer;

/** One worker's pass over its blocks in one update: clip, decay weights, apply the rule. */
final class BlockUpdate {

    private final FloatBuffer weights;
    private final float[][] slots;
    private final int slotsFrom;
    private final Clipping clipping;
    private final Rule rule;
    private final @Nullable Double weightDecay;
    private final float rate;

    BlockUpdate(Optimizer optimizer, TrainState state, Clipping clipping) {
        this.weights = state.weights();
        this.slots = optimizer.slots().stream().map(name -> slot(state, name)).toArray(float[][]::new);
        this.slotsFrom = state.slotsFrom();
        this.clipping = clipping;
        this.rule = Rule.of(optimizer, state.iterations(), state.learningRate());
        this.weightDecay = optimizer.weightDecay();
        this.rate = (float) state.learningRate();
    }

    private static float[] slot(TrainState state, String name) {
        float[] slot = state.slots().get(name);
        if (slot == null) {
            throw new IllegalArgumentException("Cannot update: the state has no optimizer slot `%s`, only %s"
                    .formatted(name, state.slots().keySet()));
        }
        return slot;
    }

    /** Updates a block of a trainable variable, given its weights and their averaged gradient. */
    void train(Block block, Scratch room) {
        int length = block.length();
        clipping.apply(block, room.g);
        if (weightDecay != null) {
            decay(room.w, weightDecay.floatValue(), rate, length);
        }
        // The compiler makes vector instructions of a loop only where all arrays are read at the same places.
        float[][] s = room.slots(slots.length);
        for (int i = 0; i < s.length; i++) {
            System.arraycopy(slots[i], block.offset() - slotsFrom, s[i], 0, length);
        }
        rule.update(room.w, room.g, s, length);
        for (int i = 0; i < s.length; i++) {
            System.arraycopy(s[i], 0, slots[i], block.offset() - slotsFrom, length);
        }
        weights.put(block.offset(), room.w, 0, length);
    }

    /** Moves a block of a moving statistic, given it and the mean: moving · momentum + mean · (1 − momentum). */
    void move(Block block, Scratch room, double momentum) {
        blend(room.w, room.g, (float) momentum, (float) (1 - momentum), block.length());
        weights.put(block.offset(), room.w, 0, block.length());
    }

    private static void decay(float[] w, float decay, float rate, int length) {
        for (int i = 0; i < length; i++) {
            w[i] -= w[i] * decay * rate;
        }
    }

    private static void blend(float[] w, float[] g, float stay, float gain, int length) {
        for (int i = 0; i < length; i++) {
            w[i] = w[i] * stay + g[i] * gain;
        }
    }
}

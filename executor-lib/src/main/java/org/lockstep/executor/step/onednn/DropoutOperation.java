package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.step.StepKey;
import org.lockstep.layers.Dropout;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** y = x · mask; the mask, 0 or 1 / (1 − rate), is a function of the step's key and the layer's place in the model. */
record DropoutOperation(
        Dropout layer,
        int index,
        Slot mask,
        Call forward,
        @Nullable Call backward) implements Operation {

    private static final long ODD = 0x9E3779B97F4A7C15L;
    /** Random bits of a number: as many as {@link CounterRandom#nextFloat} has. */
    private static final int BITS = 24;
    /** Factors made at a time. */
    private static final int CHUNK = 512;

    @Override
    public void forward(Frame frame) {
        StepKey key = frame.key();
        Long own = layer.seed();
        long seed = (own == null ? key.seed() : own) + ODD * (index + 1);
        CounterRandom random = CounterRandom.of(seed, Purpose.DROPOUT, key.epoch(), key.step(), key.shard());
        float scale = layer.rate() == 1 ? 0 : (float) (1 / (1 - layer.rate()));
        // Of random numbers with 24 bits those below the rate drop theirs.
        int dropped = (int) Math.ceil((float) layer.rate() * (double) (1 << BITS));
        FloatBuffer factors = mask.floats().duplicate();
        int[] numbers = new int[CHUNK];
        float[] chunk = new float[CHUNK];
        while (factors.hasRemaining()) {
            random.nextInts(numbers);
            for (int i = 0; i < CHUNK; i++) {
                chunk[i] = scale * ((dropped - 1 - (numbers[i] >>> (Integer.SIZE - BITS))) >>> (Integer.SIZE - 1));
            }
            factors.put(chunk, 0, Math.min(CHUNK, factors.remaining()));
        }
        forward.run();
    }

    @Override
    public void backward(Frame frame) {
        if (backward != null) {
            backward.run();
        }
    }

    @Override
    public Uses uses() {
        return Uses.of(List.of(forward), backward == null ? List.of() : List.of(backward));
    }
}

package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import java.util.List;
import org.lockstep.executor.Descent;

/** The gradient of a model's loss, block by block: the samples' average and what the penalties of weights add. */
final class BlockGradient {

    private final Plan plan;
    private final Factors[] factors;

    BlockGradient(Plan plan) {
        this.plan = plan;
        this.factors = plan.parts().stream().map(Part::penalty).toArray(Factors[]::new);
    }

    /** Makes sums into the gradient with respect to the weights beside them. */
    void average(Block block, Partials partials, Scratch room) {
        divide(room.g, partials.samples(), block.length());
        factors[block.part()].addGradient(room.w, room.g, block.length());
        List<Part> parts = plan.parts();
        if (parts.get(block.part()).hasWholePenalty()) {
            int start = block.offset() - parts.get(block.part()).slot().offset();
            add(room.g, partials.wholeGradient[block.part()], start, block.length());
        }
    }

    static void load(Block block, FloatBuffer weights, Scratch room) {
        weights.get(block.offset(), room.w, 0, block.length());
    }

    private static void divide(float[] g, float samples, int length) {
        if (Descent.isPowerOfTwo(samples)) {
            multiply(g, 1 / samples, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            g[i] /= samples;
        }
    }

    private static void multiply(float[] g, float factor, int length) {
        for (int i = 0; i < length; i++) {
            g[i] *= factor;
        }
    }

    private static void add(float[] g, float[] whole, int start, int length) {
        for (int i = 0; i < length; i++) {
            g[i] += whole[start + i];
        }
    }
}

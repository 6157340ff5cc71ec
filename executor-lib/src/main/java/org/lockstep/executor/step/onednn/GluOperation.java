package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = a · sigmoid(b), where a and b are the halves of an axis of x.
 *
 * @param lines y seen from that axis
 */
record GluOperation(
        Layout.Lines lines,
        Slot x,
        Slot y,
        @Nullable Slot outputGradient,
        @Nullable Slot inputGradient) implements Operation {

    @Override
    public void forward(Frame frame) {
        FloatBuffer input = x.floats();
        FloatBuffer output = y.floats();
        int half = lines.length() * lines.inner();
        for (int outer = 0; outer < lines.outer(); outer++) {
            for (int i = 0; i < half; i++) {
                int a = outer * 2 * half + i;
                output.put(outer * half + i, (float) (input.get(a) * sigmoid(input.get(a + half))));
            }
        }
    }

    @Override
    public void backward(Frame frame) {
        if (outputGradient == null || inputGradient == null) {
            return;
        }
        FloatBuffer input = x.floats();
        FloatBuffer dy = outputGradient.floats();
        FloatBuffer dx = inputGradient.floats();
        int half = lines.length() * lines.inner();
        for (int outer = 0; outer < lines.outer(); outer++) {
            for (int i = 0; i < half; i++) {
                int a = outer * 2 * half + i;
                double gate = sigmoid(input.get(a + half));
                double slope = dy.get(outer * half + i);
                dx.put(a, (float) (slope * gate));
                dx.put(a + half, (float) (slope * input.get(a) * gate * (1 - gate)));
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    @Override
    public Uses uses() {
        return Uses.of(List.of(x, y), outputGradient, inputGradient);
    }
}

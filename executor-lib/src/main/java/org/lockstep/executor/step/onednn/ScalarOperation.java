package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** y = f(x), number by number; the gradient is changed in place. */
record ScalarOperation(
        ScalarFunction function, Slot x, Slot y, @Nullable Slot gradient) implements Operation {

    @Override
    public void forward(Frame frame) {
        FloatBuffer input = x.floats();
        FloatBuffer output = y.floats();
        for (int i = 0; i < input.limit(); i++) {
            output.put(i, (float) function.value(input.get(i)));
        }
    }

    @Override
    public void backward(Frame frame) {
        if (gradient == null) {
            return;
        }
        FloatBuffer input = x.floats();
        FloatBuffer slopes = gradient.floats();
        for (int i = 0; i < input.limit(); i++) {
            slopes.put(i, (float) (slopes.get(i) * function.slope(input.get(i))));
        }
    }

    @Override
    public Uses uses() {
        return Uses.of(List.of(x, y), gradient);
    }
}

package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** y = f(x₀, x₁, …), number by number. Of equal largest or smallest inputs the first has the gradient. */
record MergeOperation(MergeFunction function, List<Value> inputs, Value output) implements Operation {

    @Override
    public void forward(Frame frame) {
        FloatBuffer y = output.data().floats();
        y.put(0, inputs.get(0).data().floats(), 0, y.limit());
        for (Value input : inputs.subList(1, inputs.size())) {
            FloatBuffer x = input.data().floats();
            for (int i = 0; i < y.limit(); i++) {
                y.put(i, function.merged(y.get(i), x.get(i)));
            }
        }
    }

    @Override
    public void backward(Frame frame) {
        Slot slopes = output.gradient();
        if (slopes == null) {
            return;
        }
        FloatBuffer dy = slopes.floats();
        for (int place = 0; place < inputs.size(); place++) {
            Slot gradient = inputs.get(place).gradient();
            if (gradient != null) {
                FloatBuffer dx = gradient.floats();
                for (int i = 0; i < dx.limit(); i++) {
                    dx.put(i, dy.get(i) * slope(place, i));
                }
            }
        }
    }

    private float slope(int place, int i) {
        return function == MergeFunction.PRODUCT ? others(place, i) : chosen(i) == place ? 1 : 0;
    }

    private float others(int place, int i) {
        float product = 1;
        for (int other = 0; other < inputs.size(); other++) {
            product *= other == place ? 1 : inputs.get(other).data().floats().get(i);
        }
        return product;
    }

    private int chosen(int i) {
        float wanted = output.data().floats().get(i);
        int place = 0;
        while (place < inputs.size() - 1 && inputs.get(place).data().floats().get(i) != wanted) {
            place++;
        }
        return place;
    }

    @Override
    public Uses uses() {
        List<Slot> both = new ArrayList<>(List.of(output.data()));
        inputs.forEach(input -> both.add(input.data()));
        List<@Nullable Slot> gradients = new ArrayList<>();
        gradients.add(output.gradient());
        inputs.forEach(input -> gradients.add(input.gradient()));
        return Uses.of(both, gradients.toArray(new Slot[0]));
    }
}

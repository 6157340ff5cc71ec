package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.StepKey;
import org.lockstep.executor.step.loss.Objective;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;

/** A model compiled for one batch size and one use: operations in order over fixed memory. */
final class Program implements AutoCloseable {

    /** For runs that draw no random numbers. */
    private static final StepKey NO_KEY = new StepKey(0, 0, 0, 0);

    private final Device device = new Device();
    private final Objective objective;
    private final Value input;
    private final Value output;
    private final Value scored;
    private final Bound weights;
    private final Bound gradients;
    private final List<Operation> operations;

    Program(Model model, Objective objective, int batch, Mode mode) {
        this.objective = objective;
        try {
            List<LayerCall> calls = model.calls();
            Builder builder = new Builder(device, mode, model);
            boolean split = objective.takesLogits() && mode != Mode.PULLBACK;
            ActivationLayers activations = new ActivationLayers(builder, split ? calls.size() - 1 : -1);
            LayerCompiler compiler = new LayerCompiler(builder, activations);
            Shape shape = model.inputShape().with(0, batch);
            input = builder.value(new Layout(shape, false), mode == Mode.PULLBACK);
            Wiring wiring = new Wiring(builder, calls);
            Value value = input;
            for (int i = 0; i < calls.size(); i++) {
                wiring.put(value);
                Layer layer = model.layers().get(calls.get(i).layer());
                value = compiler.add(i, layer, wiring.take(calls.get(i)));
            }
            output = builder.arranged(value, false);
            Value logits = activations.logits();
            scored = logits == null ? output : logits;
            weights = builder.weights();
            gradients = builder.gradients();
            operations = List.copyOf(builder.operations());
            device.seal();
        } catch (RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }

    BatchSums train(Batch batch, FloatBuffer weightVector, FloatBuffer gradientVector, StepKey key) {
        gradients.bind(gradientVector);
        double penalty = forward(batch.x(), weightVector, key);
        float[] scores = read(scored.data());
        Slot target = scored.gradient();
        float[] gradient = target == null ? null : new float[scores.length];
        double loss = objective.loss(scores, shape(scored), batch.y(), batch.sampleWeight(), gradient);
        if (target != null && gradient != null) {
            target.floats().put(0, gradient);
            backward();
        }
        return sums(batch, loss + penalty, scores);
    }

    BatchSums evaluate(Batch batch, FloatBuffer weightVector) {
        double penalty = forward(batch.x(), weightVector, NO_KEY);
        float[] scores = read(scored.data());
        double loss = objective.loss(scores, shape(scored), batch.y(), batch.sampleWeight(), null);
        return sums(batch, loss + penalty, scores);
    }

    private BatchSums sums(Batch batch, double loss, float[] scores) {
        float[] predictions = scored.data() == output.data() ? scores : read(output.data());
        return new BatchSums(batch.size(), loss, objective.metrics(predictions, shape(output), batch.y()));
    }

    Tensor predict(Tensor x, FloatBuffer weightVector) {
        forward(x, weightVector, NO_KEY);
        return tensor(output.layout(), output.data());
    }

    Network.Pullback pullback(
            Tensor x, FloatBuffer weightVector, Tensor outputGradient, FloatBuffer gradientVector, StepKey key) {
        gradients.bind(gradientVector);
        forward(x, weightVector, key);
        required(output.gradient()).floats().put(0, outputGradient.values());
        backward();
        return new Network.Pullback(
                tensor(output.layout(), output.data()), tensor(input.layout(), required(input.gradient())));
    }

    /** Returns the activity penalties. */
    private double forward(Tensor x, FloatBuffer weightVector, StepKey key) {
        weights.bind(weightVector);
        x.copyTo(input.data().floats());
        Frame frame = new Frame(key);
        for (int i = 0; i < operations.size(); i++) {
            operations.get(i).forward(frame);
        }
        return frame.penalty();
    }

    private void backward() {
        Frame frame = new Frame(NO_KEY);
        for (int i = operations.size() - 1; i >= 0; i--) {
            operations.get(i).backward(frame);
        }
    }

    private static int[] shape(Value value) {
        return value.layout().shape().dimensions();
    }

    private static Tensor tensor(Layout layout, Slot slot) {
        return Tensor.of(layout.shape().dimensions(), read(slot));
    }

    private static float[] read(Slot slot) {
        float[] values = new float[slot.floats().limit()];
        slot.floats().get(0, values);
        return values;
    }

    private static Slot required(@Nullable Slot slot) {
        if (slot == null) {
            throw new IllegalStateException("This program has no gradient there");
        }
        return slot;
    }

    @Override
    public void close() {
        device.close();
    }
}

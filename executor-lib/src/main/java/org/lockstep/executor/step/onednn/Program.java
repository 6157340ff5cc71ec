package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.StepKey;
import org.lockstep.executor.step.TrainingStep;
import org.lockstep.executor.step.loss.Objective;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;
import org.lockstep.report.StepProfile;

/** A model compiled for one batch size and one use: operations in order over fixed memory. */
final class Program implements AutoCloseable {

    /** For runs that draw no random numbers. */
    private static final StepKey NO_KEY = new StepKey(0, 0, 0, 0);

    private static final int WARM_UP = 3;

    private final Device device = new Device();
    private final Objective objective;
    private final Value input;
    private final Value output;
    private final Value scored;
    private final Bound weights;
    private final Bound gradients;
    private final List<Operation> operations;
    private final List<Integer> owners;
    private final Finality finality;
    private @Nullable Profiler profiler;
    private final int[] outputShape;
    private final int[] scoredShape;
    private final float[] predictions;
    private final float[] scores;
    private final float[] slopes;

    Program(Model model, Objective objective, int batch, Mode mode) {
        this(model, objective, batch, mode, true);
    }

    /** @param shared whether places in memory that are not needed at the same time may be the same */
    Program(Model model, Objective objective, int batch, Mode mode, boolean shared) {
        this.objective = objective;
        try {
            List<LayerCall> calls = model.calls();
            Builder builder = new Builder(device, mode, model, batch);
            boolean split = objective.takesLogits() && mode != Mode.PULLBACK;
            ActivationLayers activations = new ActivationLayers(builder, split ? calls.size() - 1 : -1);
            LayerCompiler compiler = new LayerCompiler(builder, activations);
            Shape shape = model.inputShape().with(0, batch);
            input = builder.value(new Layout(shape, false, Numbers.FLOAT32), mode == Mode.PULLBACK);
            Wiring wiring = new Wiring(builder, calls);
            Value value = input;
            for (int i = 0; i < calls.size(); i++) {
                wiring.put(value);
                Layer layer = model.layers().get(calls.get(i).layer());
                value = compiler.add(i, layer, wiring.take(calls.get(i)));
            }
            output = builder.cast(builder.arranged(value, false), Numbers.FLOAT32);
            Value logits = activations.logits();
            scored = logits == null ? output : logits;
            weights = builder.weights();
            gradients = builder.gradients();
            operations = List.copyOf(builder.operations());
            owners = List.copyOf(builder.owners());
            Lifetimes lifetimes = lifetimes(shared);
            finality = Finality.of(gradients, lifetimes, operations.size());
            device.seal(lifetimes);
            outputShape = shape(output);
            scoredShape = shape(scored);
            predictions = numbers(output);
            scores = scored.data() == output.data() ? predictions : numbers(scored);
            slopes = scored.gradient() == null ? new float[0] : numbers(scored);
        } catch (RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }

    private Lifetimes lifetimes(boolean shared) {
        Lifetimes lifetimes = Lifetimes.of(operations, shared);
        lifetimes.use(input.data(), lifetimes.start());
        lifetimes.use(scored.data(), lifetimes.middle());
        lifetimes.use(output.data(), lifetimes.middle());
        for (Value value : List.of(scored, output)) {
            if (value.gradient() != null) {
                lifetimes.use(value.gradient(), lifetimes.middle());
            }
        }
        if (input.gradient() != null) {
            lifetimes.use(input.gradient(), lifetimes.end());
        }
        return lifetimes;
    }

    BatchSums train(Batch batch, FloatBuffer weightVector, FloatBuffer gradientVector, StepKey key) {
        return end(begin(batch, weightVector, gradientVector, key));
    }

    /** @param progress hears how far the gradient is final */
    BatchSums train(
            Batch batch, FloatBuffer weightVector, FloatBuffer gradientVector, StepKey key, Network.Progress progress) {
        bind(batch, weightVector, gradientVector);
        return end(new Training(batch, key, progress));
    }

    private static BatchSums end(TrainingStep step) {
        while (step.advance() != null) {
            // Alone: the shard's own numbers are the sums.
        }
        return step.sums();
    }

    /** Begins a training step. Until it has ended, the program does nothing else. */
    TrainingStep begin(Batch batch, FloatBuffer weightVector, FloatBuffer gradientVector, StepKey key) {
        bind(batch, weightVector, gradientVector);
        return new Training(batch, key, null);
    }

    private void bind(Batch batch, FloatBuffer weightVector, FloatBuffer gradientVector) {
        gradients.bind(gradientVector);
        weights.bind(weightVector);
        batch.x().copyTo(input.data().floats());
    }

    /** Forward, loss, backward. */
    private final class Training implements TrainingStep {

        private final Batch batch;
        private final Frame frame;
        private final Passage passage;
        private @Nullable BatchSums sums;

        Training(Batch batch, StepKey key, Network.@Nullable Progress progress) {
            this.batch = batch;
            this.frame = new Frame(key);
            this.passage = new Passage(
                    operations, profiler, 0, progress == null ? null : i -> progress.isFinal(finality.after(i)));
        }

        @Override
        public double @Nullable [] advance() {
            if (sums == null) {
                double[] numbers = passage.forward(frame);
                if (numbers != null) {
                    return numbers;
                }
                Slot target = scored.gradient();
                sums = Program.this.sums(batch, frame.penalty(), target == null ? null : slopes);
                if (target != null) {
                    target.floats().put(0, slopes);
                }
            }
            return scored.gradient() == null ? null : passage.backward(frame);
        }

        @Override
        public BatchSums sums() {
            if (sums == null) {
                throw new IllegalStateException("The step has not ended");
            }
            return sums;
        }
    }

    BatchSums evaluate(Batch batch, FloatBuffer weightVector) {
        return sums(batch, forward(batch.x(), weightVector, NO_KEY), null);
    }

    private BatchSums sums(Batch batch, double penalty, float @Nullable [] gradient) {
        scored.data().floats().get(0, scores);
        output.data().floats().get(0, predictions);
        double loss = objective.loss(scores, scoredShape, batch.y(), batch.sampleWeight(), gradient);
        return objective.sums(loss + penalty, batch, scores, predictions, outputShape);
    }

    Tensor predict(Tensor x, FloatBuffer weightVector) {
        forward(x, weightVector, NO_KEY);
        return tensor(output.layout(), output.data());
    }

    Network.Pullback pullback(
            Tensor x, FloatBuffer weightVector, Tensor outputGradient, FloatBuffer gradientVector, StepKey key) {
        gradients.bind(gradientVector);
        forward(x, weightVector, key);
        Tensor result = tensor(output.layout(), output.data());
        required(output.gradient()).floats().put(0, outputGradient.values());
        backward();
        return new Network.Pullback(result, tensor(input.layout(), required(input.gradient())));
    }

    /** Returns the activity penalties. */
    private double forward(Tensor x, FloatBuffer weightVector, StepKey key) {
        weights.bind(weightVector);
        x.copyTo(input.data().floats());
        Frame frame = new Frame(key);
        Passage passage = new Passage(operations, profiler, 0);
        while (passage.forward(frame) != null) {
            // Alone.
        }
        return frame.penalty();
    }

    private void backward() {
        Frame frame = new Frame(NO_KEY);
        Passage passage = new Passage(operations, profiler, operations.size());
        while (passage.backward(frame) != null) {
            // Alone.
        }
    }

    private static int[] shape(Value value) {
        return value.layout().shape().dimensions();
    }

    private static float[] numbers(Value value) {
        return new float[Math.toIntExact(value.layout().size())];
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

    /** Times so many training steps, after a few that are not counted. */
    StepProfile profile(
            Batch batch, FloatBuffer weightVector, FloatBuffer gradientVector, List<Layer> layers, int steps) {
        for (int i = 0; i < WARM_UP; i++) {
            train(batch, weightVector, gradientVector, NO_KEY);
        }
        Profiler watch = new Profiler(operations, owners, layers.size(), steps);
        long[] nanos = new long[steps];
        profiler = watch;
        try {
            for (int i = 0; i < steps; i++) {
                long from = System.nanoTime();
                train(batch, weightVector, gradientVector, NO_KEY);
                nanos[i] = System.nanoTime() - from;
                watch.next();
            }
        } finally {
            profiler = null;
        }
        boolean mixed =
                layers.stream().anyMatch(layer -> Numbers.of(layer.conf().dtype()) == Numbers.BFLOAT16);
        return new StepProfile(
                batch.size(),
                OpenMp.threads(),
                steps,
                Profiler.median(nanos),
                Peak.gigaflops(mixed ? Numbers.BFLOAT16 : Numbers.FLOAT32),
                watch.times(layers));
    }

    /** What a run does, in order. */
    List<Operation> operations() {
        return operations;
    }

    /** Bytes of memory that the program holds. */
    long bytes() {
        return device.arena().total();
    }

    /** Bytes that it would hold if nothing shared memory. */
    long unsharedBytes() {
        return device.arena().unshared();
    }

    @Override
    public void close() {
        device.close();
    }
}

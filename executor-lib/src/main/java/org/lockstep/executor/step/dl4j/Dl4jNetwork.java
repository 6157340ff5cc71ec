package org.lockstep.executor.step.dl4j;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.StepKey;
import org.lockstep.executor.step.loss.LastActivation;
import org.lockstep.executor.step.loss.Objective;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Shape;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.nd4j.linalg.activations.IActivation;

/**
 * A model as a Deeplearning4j {@code MultiLayerNetwork}: slow, and built of other parts than the default engine, so that
 * each checks the other.
 *
 * <p>Images are (batch, channels, height, width) inside. Layers, their activations and all gradients are DL4J's; losses,
 * activity penalties and dropout masks are Lockstep's.
 */
public final class Dl4jNetwork implements Network {

    private final Sequential model;
    private final WeightLayout layout;
    private final Objective objective;
    private final int threads;
    private final Program scored;
    private final @Nullable IActivation last;
    private @Nullable Program whole;

    private Dl4jNetwork(Sequential model, CompileConf compile, int threads) {
        this.model = model;
        this.layout = model.layout();
        this.threads = threads;
        Activation activation = LastActivation.of(model);
        this.objective = Objective.of(compile, activation);
        if (objective.takesLogits()) {
            this.last = Activations.of(model.layers().get(model.layers().size() - 1), activation);
            this.scored = Translation.program(LastActivation.without(model));
        } else {
            this.last = null;
            this.scored = Translation.program(model);
            this.whole = scored;
        }
    }

    /**
     * A network for a built model.
     *
     * @param threads how many the network uses inside one call; networks that run at the same time need the same number
     * @throws org.lockstep.keras.NotSupportedException if DL4J cannot do what the model asks, naming layer and argument
     * @throws IllegalStateException if ND4J's native library does not load
     */
    public static Dl4jNetwork create(Model model, CompileConf compile, int threads) {
        if (!(model instanceof Sequential stack)) {
            throw new NotSupportedException(
                    "Cannot compute model \"%s\" with DL4J: only Sequential models are supported"
                            .formatted(model.name()));
        }
        Natives.load();
        Natives.setThreads(threads);
        return new Dl4jNetwork(stack, compile, threads);
    }

    /** Versions and back end, in a line. */
    public static String describe() {
        return Natives.describe();
    }

    @Override
    public WeightLayout layout() {
        return layout;
    }

    @Override
    public BatchSums train(Batch batch, FloatBuffer weights, FloatBuffer gradient, StepKey key) {
        if (batch.size() == 0) {
            zero(gradient);
            return objective.nothing();
        }
        prepare(batch.x());
        Tensor scores = scored.forward(batch.x(), weights, key);
        float[] slopes = new float[scores.size()];
        double loss = loss(batch, scores, slopes) + scored.penalty();
        scored.backward(Tensor.of(scores.shape(), slopes), gradient);
        scored.clear();
        Tensor predictions = predictions(scores);
        return objective.sums(loss, batch, scores.values(), predictions.values(), predictions.shape());
    }

    @Override
    public BatchSums evaluate(Batch batch, FloatBuffer weights) {
        if (batch.size() == 0) {
            return objective.nothing();
        }
        prepare(batch.x());
        Tensor scores = scored.infer(batch.x(), weights);
        double loss = loss(batch, scores, null) + scored.penalty();
        scored.clear();
        Tensor predictions = predictions(scores);
        return objective.sums(loss, batch, scores.values(), predictions.values(), predictions.shape());
    }

    @Override
    public Tensor predict(Tensor x, FloatBuffer weights) {
        if (x.dimension(0) == 0) {
            return Tensor.zeros(model.outputShape().with(0, 0).dimensions());
        }
        prepare(x);
        Tensor predictions = predictions(scored.infer(x, weights));
        scored.clear();
        return predictions;
    }

    @Override
    public Pullback pullback(Tensor x, FloatBuffer weights, Tensor outputGradient, FloatBuffer gradient, StepKey key) {
        if (x.dimension(0) == 0) {
            zero(gradient);
            return new Pullback(predict(x, weights), x);
        }
        prepare(x);
        Program program = whole == null ? Translation.program(model) : whole;
        whole = program;
        Tensor output = program.forward(x, weights, key);
        Tensor inputGradient = program.backward(outputGradient, gradient);
        program.clear();
        return new Pullback(output, inputGradient);
    }

    private void prepare(Tensor x) {
        Shape expected = model.inputShape();
        if (!expected.with(0, x.dimension(0)).equals(Shape.of(x.shape()))) {
            throw new IllegalArgumentException(
                    "Input 0 of layer \"%s\" is incompatible with the layer: expected shape=%s, found shape=%s"
                            .formatted(model.name(), expected, Arrays.toString(x.shape())));
        }
        Natives.setThreads(threads);
    }

    private double loss(Batch batch, Tensor scores, float @Nullable [] slopes) {
        return objective.loss(scores.values(), scores.shape(), batch.y(), batch.sampleWeight(), slopes);
    }

    /** What comes out of the last activation where the loss is computed from what goes into it. */
    private Tensor predictions(Tensor scores) {
        return last == null ? scores : Tensors.tensor(last.getActivation(Tensors.array(scores), false));
    }

    private void zero(FloatBuffer gradient) {
        for (int i = 0; i < layout.gradientLength(); i++) {
            gradient.put(gradient.position() + i, 0);
        }
    }

    /** Leaves native memory to the garbage collector, as DL4J does. */
    @Override
    public void close() {
        whole = null;
    }
}

package org.lockstep.executor.step.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.EmptyStep;
import org.lockstep.executor.step.MemoryUse;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.StepKey;
import org.lockstep.executor.step.TrainingStep;
import org.lockstep.executor.step.loss.LastActivation;
import org.lockstep.executor.step.loss.Objective;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Shape;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;
import org.lockstep.report.StepProfile;

/** A model as programs of oneDNN primitives, one for each batch size and use; the last few are kept. */
final class OnednnNetwork implements Network {

    private static final int KEPT_PROGRAMS = 4;

    private record Use(int batch, Mode mode) {}

    private final Model model;
    private final WeightLayout layout;
    private final Objective objective;
    private final int threads;
    private final List<Integer> pauses;
    private final Vectors math;
    private final Map<Use, Program> programs = new LinkedHashMap<>(KEPT_PROGRAMS, 0.75f, true);

    /** @throws NotSupportedException if a layer cannot be computed */
    OnednnNetwork(Model model, CompileConf conf, int threads) {
        model.layers().forEach(layer -> ActivityPenalty.of(layer.activityRegularizer()));
        this.model = model;
        this.layout = model.layout();
        this.objective = Objective.of(conf, LastActivation.of(model));
        this.threads = threads;
        this.pauses = Meeting.lengths(model);
        this.math = new Vectors(threads);
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
        return program(batch.x(), Mode.TRAINING).train(batch, weights, gradient, key);
    }

    @Override
    public BatchSums train(Batch batch, FloatBuffer weights, FloatBuffer gradient, StepKey key, Progress progress) {
        if (batch.size() == 0) {
            return train(batch, weights, gradient, key);
        }
        return program(batch.x(), Mode.TRAINING).train(batch, weights, gradient, key, progress);
    }

    @Override
    public List<Integer> pauses() {
        return pauses;
    }

    @Override
    public TrainingStep begin(Batch batch, FloatBuffer weights, FloatBuffer gradient, StepKey key) {
        if (batch.size() == 0) {
            zero(gradient);
            return new EmptyStep(pauses, objective.nothing());
        }
        return program(batch.x(), Mode.TRAINING).begin(batch, weights, gradient, key);
    }

    @Override
    public BatchSums evaluate(Batch batch, FloatBuffer weights) {
        if (batch.size() == 0) {
            return objective.nothing();
        }
        return program(batch.x(), Mode.INFERENCE).evaluate(batch, weights);
    }

    @Override
    public Tensor predict(Tensor x, FloatBuffer weights) {
        if (x.dimension(0) == 0) {
            return Tensor.zeros(model.outputShape().with(0, 0).dimensions());
        }
        return program(x, Mode.INFERENCE).predict(x, weights);
    }

    @Override
    public Pullback pullback(Tensor x, FloatBuffer weights, Tensor outputGradient, FloatBuffer gradient, StepKey key) {
        if (x.dimension(0) == 0) {
            zero(gradient);
            return new Pullback(predict(x, weights), x);
        }
        return program(x, Mode.PULLBACK).pullback(x, weights, outputGradient, gradient, key);
    }

    @Override
    public MemoryUse memory(int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("Invalid `batch`: must be positive. Received: " + batch);
        }
        OpenMp.setThreads(threads);
        return new MemoryUse(batch, bytes(batch, Mode.TRAINING), bytes(batch, Mode.INFERENCE));
    }

    @Override
    public StepProfile profile(Batch batch, FloatBuffer weights, int steps) {
        if (steps < 1 || batch.size() < 1) {
            throw new IllegalArgumentException("Invalid `steps` and `batch`: must have a step of a sample. Received: "
                    + steps + " steps of " + batch.size() + " samples");
        }
        FloatBuffer gradient = ByteBuffer.allocateDirect(layout.gradientLength() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return program(batch.x(), Mode.TRAINING).profile(batch, weights, gradient, model.layers(), steps);
    }

    private long bytes(int batch, Mode mode) {
        try (Program program = new Program(model, objective, batch, mode)) {
            return program.bytes();
        }
    }

    private Program program(Tensor x, Mode mode) {
        Shape expected = model.inputShape();
        int samples = x.dimension(0);
        if (!expected.with(0, samples).equals(Shape.of(x.shape()))) {
            throw new IllegalArgumentException(
                    "Input 0 of layer \"%s\" is incompatible with the layer: expected shape=%s, found shape=%s"
                            .formatted(model.name(), expected, Shape.of(x.shape())));
        }
        OpenMp.setThreads(threads);
        Use use = new Use(samples, mode);
        Program program = programs.get(use);
        if (program == null) {
            makeRoom();
            program = new Program(model, objective, samples, mode);
            programs.put(use, program);
        }
        return program;
    }

    private void makeRoom() {
        if (programs.size() == KEPT_PROGRAMS) {
            Use oldest = programs.keySet().iterator().next();
            Program closed = programs.remove(oldest);
            if (closed != null) {
                closed.close();
            }
        }
    }

    private void zero(FloatBuffer gradient) {
        for (int i = 0; i < layout.gradientLength(); i++) {
            gradient.put(gradient.position() + i, 0);
        }
    }

    @Override
    public VectorMath math() {
        return math;
    }

    @Override
    public void close() {
        math.close();
        programs.values().forEach(Program::close);
        programs.clear();
    }
}

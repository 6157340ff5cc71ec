package org.lockstep.executor.step.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.MemoryUse;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.step.StepKey;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;
import org.lockstep.report.StepProfile;

/** A network with its weights and gradient, to be tried. */
final class Bench implements AutoCloseable {

    static final StepKey KEY = new StepKey(7, 0, 0, 0);

    private final Network network;
    private final FloatBuffer weights;
    private final FloatBuffer gradient;

    Bench(Model model, CompileConf conf) {
        this(model, conf, 1);
    }

    Bench(Model model, CompileConf conf, int threads) {
        network = Networks.create(ClusterConf.Engine.ONEDNN, model, conf, threads);
        weights = direct(network.layout().length());
        gradient = direct(network.layout().gradientLength());
    }

    /** For models whose loss does not matter. */
    Bench(Model model) {
        this(model, CompileConf.of("sgd", "mse"));
    }

    static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Numbers from a normal distribution with this deviation. */
    static float[] normal(long seed, int count, double deviation) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    Bench randomWeights(long seed, double deviation) {
        weights.put(0, normal(seed, network.layout().length(), deviation));
        return this;
    }

    /** Sets variables by their paths in the model. */
    Bench weights(Map<String, Tensor> values) {
        for (WeightLayout.Slot slot : network.layout().slots()) {
            Tensor value = values.get(slot.path());
            if (value != null) {
                weights.put(slot.offset(), value.values());
            }
        }
        return this;
    }

    FloatBuffer weights() {
        return weights;
    }

    BatchSums train(Batch batch) {
        return train(batch, KEY);
    }

    BatchSums train(Batch batch, StepKey key) {
        return network.train(batch, weights, gradient, key);
    }

    BatchSums evaluate(Batch batch) {
        return network.evaluate(batch, weights);
    }

    Tensor predict(Tensor x) {
        return network.predict(x, weights);
    }

    Network.Pullback pullback(Tensor x, Tensor outputGradient) {
        return network.pullback(x, weights, outputGradient, gradient, KEY);
    }

    float[] gradient() {
        float[] values = new float[gradient.limit()];
        gradient.get(0, values);
        return values;
    }

    StepProfile profile(Batch batch, int steps) {
        return network.profile(batch, weights, steps);
    }

    MemoryUse memory(int batch) {
        return network.memory(batch);
    }

    /** The gradient of one variable. */
    float[] gradient(String path) {
        for (WeightLayout.Slot slot : network.layout().slots()) {
            if (slot.path().equals(path)) {
                float[] values = new float[slot.size()];
                gradient.get(slot.offset(), values);
                return values;
            }
        }
        throw new IllegalArgumentException("No variable " + path);
    }

    @Override
    public void close() {
        network.close();
    }
}

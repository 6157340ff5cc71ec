package org.lockstep.driver.conformance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.step.StepKey;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;

/** A model on one network of the default engine, with its weights and the gradient of its last pass. */
final class OneNetwork implements AutoCloseable {

    private static final CompileConf COMPILE = CompileConf.of("sgd", "mse");

    private final Network network;
    private final FloatBuffer weights;
    private final FloatBuffer gradient;

    private OneNetwork(Model model, CompileConf compile) {
        network = Networks.create(ClusterConf.of().engine(), model, compile, 1);
        weights = direct(network.layout().length());
        gradient = direct(network.layout().gradientLength());
    }

    static OneNetwork of(Model model, CompileConf compile) {
        return new OneNetwork(model, compile);
    }

    /** A network of one layer on inputs like these. */
    static OneNetwork of(Layer layer, Numbers x) {
        return of(Sequential.of(Input.of(x.sample()), layer), COMPILE);
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    List<WeightLayout.Slot> variables() {
        return network.layout().slots();
    }

    FloatBuffer weights() {
        return weights;
    }

    FloatBuffer gradient() {
        return gradient;
    }

    /** Sets each variable from the input of its name. */
    OneNetwork weights(Fields inputs) {
        for (WeightLayout.Slot slot : variables()) {
            weights(slot, inputs.numbers(slot.variable().name()));
        }
        return this;
    }

    void weights(WeightLayout.Slot slot, Numbers values) {
        weights.put(slot.offset(), values.toTensor().values());
    }

    Numbers predict(Numbers x) {
        return Numbers.of(network.predict(x.toTensor(), weights));
    }

    /** Output in training mode and gradient with respect to x of Σ y · upstream; the other gradients stay here. */
    Network.Pullback pullback(Numbers x, Numbers upstream, int step) {
        return network.pullback(x.toTensor(), weights, upstream.toTensor(), gradient, new StepKey(0, 0, step, 0));
    }

    BatchSums train(Tensor x, Tensor y) {
        return train(new Batch(x, y));
    }

    BatchSums train(Batch batch) {
        return network.train(batch, weights, gradient, new StepKey(0, 0, 0, 0));
    }

    BatchSums evaluate(Batch batch) {
        return network.evaluate(batch, weights);
    }

    @Override
    public void close() {
        network.close();
    }
}
